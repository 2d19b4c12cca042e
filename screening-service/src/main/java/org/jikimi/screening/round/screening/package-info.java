/** The screening of a round: its ranges judged, its candidates ranked and cut, its flags given. */
@NullMarked
package org.jikimi.screening.round.screening;

import org.jspecify.annotations.NullMarked;
