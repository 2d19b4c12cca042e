package org.jikimi.cases.investigation;

import org.jikimi.cases.support.Rule;

/** What an investigation and its measures must keep to. */
enum InvestigationRule implements Rule {
    REPORT_ALREADY_INVESTIGATED(409, "The report has joined an investigation before", "이미 조사에 포함된 신고입니다"),
    ALREADY_DETERMINED(409, "The investigation has been determined before", "이미 판단이 완료된 조사입니다"),
    ABUSE_NAMES_ITS_TYPES(422, "Abuse names at least one type, and nothing else does", "학대 판단에만 학대 유형을 기재합니다"),
    MEASURE_NOT_IN_THAT_STATE(409, "The measure does not stand where this can happen", "현재 상태에서는 처리할 수 없는 보호조치입니다"),
    EXTENSION_NEEDS_DECISION(
            422, "An extension needs the recorded decision that finds it necessary", "연장에는 사유가 기록된 결정이 필요합니다"),
    NOBODY_TO_NOTIFY(409, "Nobody is to be notified, or has been before", "통보 대상이 없거나 이미 통보되었습니다"),
    PROTECTION_ALREADY_DECIDED(409, "The protection decision has been made before", "이미 보호조치가 결정되었습니다");

    private final int status;
    private final String english;
    private final String korean;

    InvestigationRule(int status, String english, String korean) {
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
