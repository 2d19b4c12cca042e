/** Whom a programme selects, and the cut by what each dong 행정동 can visit: rules alone, without a database. */
@NullMarked
package org.jikimi.screening.round.selection;

import org.jspecify.annotations.NullMarked;
