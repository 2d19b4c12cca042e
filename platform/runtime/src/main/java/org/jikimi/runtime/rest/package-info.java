/** The rules that every endpoint keeps: problems, idempotency, versions, cursors, limits. */
@NullMarked
package org.jikimi.runtime.rest;

import org.jspecify.annotations.NullMarked;
