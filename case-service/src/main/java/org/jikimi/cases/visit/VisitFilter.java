package org.jikimi.cases.visit;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Which visits are asked for: {@code due} names the last day by which they must be made. */
record VisitFilter(
        @Nullable VisitState state,
        @Nullable LocalDate due,
        @Nullable String districtCode) {
    /** The list in one text, to which a cursor is bound. */
    String name() {
        return "visits?state=" + state + "&due=" + due + "&districtCode=" + districtCode;
    }
}
