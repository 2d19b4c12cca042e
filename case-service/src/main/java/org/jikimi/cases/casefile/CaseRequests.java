package org.jikimi.cases.casefile;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Bodies of requests about case files. */
public final class CaseRequests {
    private CaseRequests() {}

    /**
     * A step to be taken.
     *
     * @param reason needed for {@code CLOSED}
     */
    public record Status(
            @Nullable CaseState state, @Nullable CloseReason reason) {
        static final Status EMPTY = new Status(null, null);
    }

    /**
     * A plan, a session or an assessment.
     *
     * @param code kind of plan or session, or the instrument of an assessment, such as {@code HOME_VISIT}
     * @param on the day it is of; today if left out
     * @param points result of an assessment, 0 to 1,000 on the instrument's own scale
     * @param content free text, at most 20,000 characters; stored encrypted
     */
    public record Entry(
            @Nullable String code,
            @Nullable LocalDate on,
            @Nullable Integer points,
            @Nullable String content) {
        static final Entry EMPTY = new Entry(null, null, null, null);

        /** Tells nothing of the content. */
        @Override
        public String toString() {
            return "an entry";
        }
    }
}
