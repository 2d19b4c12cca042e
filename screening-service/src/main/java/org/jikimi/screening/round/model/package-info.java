/** What a round is: its plan, its state and its figures. Knows none of the other rooms. */
@NullMarked
package org.jikimi.screening.round.model;

import org.jspecify.annotations.NullMarked;
