/** Beds in shelters 쉼터: siblings together first, never two children in one bed. */
@NullMarked
package org.jikimi.referral.placement;

import org.jspecify.annotations.NullMarked;
