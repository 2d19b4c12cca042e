package org.jikimi.cases.report;

import org.jspecify.annotations.Nullable;

/** Which reports are asked for. */
record ReportFilter(@Nullable ReportState state, @Nullable String districtCode) {
    /** The list in one text, to which a cursor is bound. */
    String name() {
        return "reports?state=" + state + "&districtCode=" + districtCode;
    }
}
