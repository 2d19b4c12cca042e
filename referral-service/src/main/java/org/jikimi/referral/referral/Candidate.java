package org.jikimi.referral.referral;

import org.jikimi.referral.agency.Agency;

/**
 * An agency that a referral could be offered to.
 *
 * @param taken places of the service that families and offers hold
 */
record Candidate(Agency agency, int taken) {}
