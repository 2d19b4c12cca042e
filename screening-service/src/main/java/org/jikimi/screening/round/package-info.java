/** Screening rounds: frozen inputs, scores, ranks, the cut by what each dong can visit. */
@NullMarked
package org.jikimi.screening.round;

import org.jspecify.annotations.NullMarked;
