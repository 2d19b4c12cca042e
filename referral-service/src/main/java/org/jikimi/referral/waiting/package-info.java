/** What waits for a place is tried again when one is gained. */
@NullMarked
package org.jikimi.referral.waiting;

import org.jspecify.annotations.NullMarked;
