package org.jikimi.cases.investigation;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Notes what the referral service did about a place for a protected child. */
@ApplicationScoped
public class NotePlacement {
    private final Measures measures;

    NotePlacement(Measures measures) {
        this.measures = measures;
    }

    /** What came of it. */
    public enum Result {
        NOTED,
        /** Something newer is known. */
        STALE,
        /** The measure is not known here. */
        UNKNOWN_MEASURE
    }

    /**
     * Notes it.
     *
     * @param version version of the placement
     * @param fallback where the child goes instead; null if a bed was found
     */
    public Result note(
            Connection tx, UUID measureId, UUID placementId, long version, String state, @Nullable String fallback) {
        if (measures.find(tx, measureId).isEmpty()) {
            return Result.UNKNOWN_MEASURE;
        }
        return measures.place(tx, measureId, new Measures.Place(placementId, version, state, fallback))
                ? Result.NOTED
                : Result.STALE;
    }
}
