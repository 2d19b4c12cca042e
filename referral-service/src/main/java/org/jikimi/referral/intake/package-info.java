/** What this service hears from the others. */
@NullMarked
package org.jikimi.referral.intake;

import org.jspecify.annotations.NullMarked;
