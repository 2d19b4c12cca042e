package org.jikimi.cases.clock;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which clocks are asked for. */
record ClockFilter(
        boolean openOnly,
        @Nullable String districtCode,
        @Nullable UUID subjectId) {
    /** The list in one text, to which a cursor is bound. */
    String name() {
        return "clocks?open=" + openOnly + "&districtCode=" + districtCode + "&subjectId=" + subjectId;
    }
}
