/** Where the next place is needed. */
@NullMarked
package org.jikimi.referral.capacity;

import org.jspecify.annotations.NullMarked;
