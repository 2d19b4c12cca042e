/** Transactions and locks that the outbox and the inbox agree on. */
@NullMarked
package org.jikimi.runtime.db;

import org.jspecify.annotations.NullMarked;
