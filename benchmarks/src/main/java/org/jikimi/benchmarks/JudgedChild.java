package org.jikimi.benchmarks;

import java.util.UUID;

/**
 * A child as a round froze it, made ready for rules.
 *
 * @param standing bit by bit the indicators that stand on the round's day
 * @param band number of its age band, -1 for none
 */
public record JudgedChild(UUID id, long standing, String familyType, String district, int band) {
    /** Whether the indicator stands. */
    public boolean has(int bit) {
        return ((standing >>> bit) & 1) == 1;
    }
}
