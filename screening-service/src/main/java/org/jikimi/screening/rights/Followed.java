package org.jikimi.screening.rights;

import java.util.List;
import org.jikimi.screening.registry.CorrectChild;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a decision beside its answer.
 *
 * @param review what a person found of the automated part; null unless it was objected to and not refused
 * @param correct what of the registry is wrong; null for nothing
 * @param ask what sources are asked to correct
 */
record Followed(@Nullable Review review, CorrectChild.@Nullable Correction correct, List<Claim> ask) {
    static final Followed NOTHING = new Followed(null, null, List.of());

    Followed {
        ask = List.copyOf(ask);
    }

    /** What a person found when the automated part was objected to. */
    enum Review {
        /** The selection was wrong: what waits is withdrawn. */
        UPHELD,
        /** It stands. */
        CONFIRMED,
        /** An explanation alone was asked for. */
        EXPLAINED
    }

    /**
     * A signal that is said to be wrong.
     *
     * @param code what is said of it, such as {@code NOT_MINE}
     */
    record Claim(String signalId, int bit, String code) {}

    List<String> correctedFields() {
        return correct == null ? List.of() : correct.fields();
    }
}
