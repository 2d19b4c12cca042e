package org.jikimi.cases.investigation;

import java.util.List;
import java.util.UUID;
import org.jikimi.cases.report.AbuseType;
import org.jspecify.annotations.Nullable;

/** Bodies of requests about investigations and measures. */
public final class InvestigationRequests {
    private InvestigationRequests() {}

    /**
     * The start of an investigation.
     *
     * @param attendance who went
     */
    public record Start(@Nullable Attendance attendance) {
        static final Start EMPTY = new Start(null);
    }

    /**
     * A measure.
     *
     * @param items items 1 to 7 of an interim measure
     * @param childIds whom it protects; if left out, the child and whoever the same visit suspects to be abused
     * @param placeNeeded whether a shelter place is needed
     */
    public record Take(
            @Nullable MeasureKind kind,
            @Nullable List<@Nullable Integer> items,
            @Nullable List<@Nullable UUID> childIds,
            @Nullable Boolean placeNeeded) {
        static final Take EMPTY = new Take(null, null, null, null);
    }

    /**
     * What happened to a measure.
     *
     * @param decision the recorded decision that finds an extension necessary; free text, stored encrypted
     */
    public record Happened(
            @Nullable MeasureEvent event, @Nullable String decision) {
        static final Happened EMPTY = new Happened(null, null);

        /** Tells nothing of the decision. */
        @Override
        public String toString() {
            return "" + event;
        }
    }

    /**
     * A determination.
     *
     * @param types types found; none unless it is abuse
     * @param reAbuse if left out, whether an earlier investigation of the child found abuse
     * @param reasons free text, stored encrypted
     */
    public record Determined(
            @Nullable DeterminationKind determination,
            @Nullable Forum forum,
            @Nullable List<@Nullable AbuseType> types,
            @Nullable Relation relation,
            @Nullable Boolean reAbuse,
            @Nullable String reasons,
            @Nullable Boolean scoreSeen,
            @Nullable Boolean consent) {
        static final Determined EMPTY = new Determined(null, null, null, null, null, null, null, null);

        /** Tells nothing of the reasons. */
        @Override
        public String toString() {
            return "" + determination;
        }
    }

    /**
     * The decision where the child lives on.
     *
     * @param decision where the child lives on
     */
    public record Protected(@Nullable ProtectionDecision decision) {
        static final Protected EMPTY = new Protected(null);
    }
}
