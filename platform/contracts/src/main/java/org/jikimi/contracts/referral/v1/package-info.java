/** Version 1 of the events of the referral service, which links the agencies. */
package org.jikimi.contracts.referral.v1;
