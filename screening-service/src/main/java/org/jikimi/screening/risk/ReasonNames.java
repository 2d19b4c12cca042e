package org.jikimi.screening.risk;

import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.reference.Indicators;

/** What people call a reason. */
record ReasonNames(String en, String ko) {
    static ReasonNames of(String code) {
        return Indicators.of(code)
                .map(indicator -> new ReasonNames(indicator.nameEn(), indicator.nameKo()))
                .orElseGet(() -> ofAttribute(code));
    }

    private static ReasonNames ofAttribute(String code) {
        if (code.startsWith(Scorecard.FAMILY)) {
            return new ReasonNames("the family type", "가구 유형");
        }
        return code.startsWith(Scorecard.REGION)
                ? new ReasonNames("the district", "거주 자치구")
                : new ReasonNames("the age", "연령");
    }
}
