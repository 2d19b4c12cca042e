/** Agencies that are accused in a child's matter and must not be offered the child. */
@NullMarked
package org.jikimi.referral.exclusion;

import org.jspecify.annotations.NullMarked;
