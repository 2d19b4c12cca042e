package org.jikimi.cases.casefile;

import org.jspecify.annotations.Nullable;

/** Which case files are asked for. */
record CaseFilter(@Nullable CaseState state, @Nullable String districtCode) {
    /** The list in one text, to which a cursor is bound. */
    String name() {
        return "cases?state=" + state + "&districtCode=" + districtCode;
    }
}
