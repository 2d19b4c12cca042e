/** Referrals 연계 의뢰: a service is asked for a child and offered to one agency after the other. */
@NullMarked
package org.jikimi.referral.referral;

import org.jspecify.annotations.NullMarked;
