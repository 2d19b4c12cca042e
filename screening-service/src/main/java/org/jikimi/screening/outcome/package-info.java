/** What became of flags, and the work that is open elsewhere. */
@NullMarked
package org.jikimi.screening.outcome;

import org.jspecify.annotations.NullMarked;
