package org.jikimi.screening.round.selection;

import java.util.Comparator;
import java.util.UUID;
import org.jikimi.screening.model.Facts;

/** A child of a round that its programme selects. */
public record Candidate(UUID childId, UUID householdId, String dongCode, Facts facts, int score) {
    /** By dong, then most points first, then by id, as the database orders ids. */
    static final Comparator<Candidate> IN_RANK_ORDER = Comparator.comparing(Candidate::dongCode)
            .thenComparing(Comparator.comparingInt(Candidate::score).reversed())
            .thenComparing(Candidate::childId, Candidate::compareIds);

    private static int compareIds(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }
}
