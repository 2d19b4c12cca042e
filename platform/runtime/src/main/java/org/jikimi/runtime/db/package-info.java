/** Transactions, the locks that the outbox and the inbox agree on, and binary COPY. */
@NullMarked
package org.jikimi.runtime.db;

import org.jspecify.annotations.NullMarked;
