/** Who may see and do what. */
@NullMarked
package org.jikimi.referral.access;

import org.jspecify.annotations.NullMarked;
