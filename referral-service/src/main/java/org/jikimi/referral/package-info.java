/** Links the agencies: directory, referrals, placements, capacity. */
@NullMarked
package org.jikimi.referral;

import org.jspecify.annotations.NullMarked;
