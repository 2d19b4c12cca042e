/** Ids that proved to be of one child. */
@NullMarked
package org.jikimi.referral.identity;

import org.jspecify.annotations.NullMarked;
