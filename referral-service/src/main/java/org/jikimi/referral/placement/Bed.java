package org.jikimi.referral.placement;

import java.util.UUID;

/**
 * A bed.
 *
 * @param number from 1
 */
record Bed(UUID shelterId, int number) {}
