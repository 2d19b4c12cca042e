/** The directory of agencies, the services they offer, and how many children they take. */
@NullMarked
package org.jikimi.referral.agency;

import org.jspecify.annotations.NullMarked;
