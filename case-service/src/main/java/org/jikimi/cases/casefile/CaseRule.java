package org.jikimi.cases.casefile;

import org.jikimi.cases.support.Rule;

/** What a case file must keep to. */
enum CaseRule implements Rule {
    NEXT_STATE_NOT_ALLOWED(409, "The case cannot go from its state to that one", "현재 상태에서 해당 상태로 변경할 수 없습니다"),
    ASSESSMENT_NEEDS_AGENCY(
            409,
            "Assessment begins when a child protection agency accepts the referral",
            "아동보호전문기관이 의뢰를 수락하면 사정이 시작됩니다"),
    CLOSING_NEEDS_REASON(422, "Closing needs a reason, and nothing else does", "종결에는 사유가 필요합니다"),
    REASON_FOR_SUPERVISORS(403, "Only a supervisor closes by a supervisor's decision", "감독자만 감독자 결정으로 종결할 수 있습니다"),
    CASE_CLOSED(409, "The case is closed", "종결된 사례입니다");

    private final int status;
    private final String english;
    private final String korean;

    CaseRule(int status, String english, String korean) {
        this.status = status;
        this.english = english;
        this.korean = korean;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String english() {
        return english;
    }

    @Override
    public String korean() {
        return korean;
    }
}
