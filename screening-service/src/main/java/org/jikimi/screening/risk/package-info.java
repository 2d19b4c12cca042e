/** How a child stands today, why, and what would be without it. */
@NullMarked
package org.jikimi.screening.risk;

import org.jspecify.annotations.NullMarked;
