/** What a round freezes when it opens, and how that is read again: whole, or by ranges that replicas share. */
@NullMarked
package org.jikimi.screening.round.inputs;

import org.jspecify.annotations.NullMarked;
