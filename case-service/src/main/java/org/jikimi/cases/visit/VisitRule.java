package org.jikimi.cases.visit;

import org.jikimi.cases.support.Rule;

/** What a visit must keep to. */
enum VisitRule implements Rule {
    VISIT_ALREADY_COMPLETED(409, "The visit has been completed before", "이미 완료된 방문입니다"),
    CHILD_NOT_OF_VISIT(422, "A child does not belong to this household's visit", "이 방문 대상 가구의 아동이 아닙니다"),
    CHILD_WITHOUT_RESULT(422, "Every child of the household needs a result", "가구의 모든 아동에 대한 결과가 필요합니다"),
    CHILD_WITH_TWO_RESULTS(422, "A child has two results", "한 아동의 결과가 중복되었습니다"),
    SEEN_REQUIRED_FOR_SAFE(422, "Only a child who was seen can be found safe", "아동을 직접 확인한 경우에만 안전으로 기록할 수 있습니다"),
    SEEN_ALONE_REQUIRES_SEEN(422, "A child who was not seen was not seen alone", "확인하지 못한 아동을 단독 면담으로 기록할 수 없습니다"),
    SEEN_CONTRADICTS_OUTCOME(
            422, "A child who was seen is neither unlocated nor abroad", "확인된 아동은 소재불명이나 해외체류로 기록할 수 없습니다"),
    MOVE_UNKNOWN_TO_REGISTER(
            422,
            "The register knows of no move: a child who is not where it has the child is unlocated until seen",
            "주민등록상 전출입이 확인되지 않습니다. 만나지 못한 아동은 소재불명으로 기록하십시오"),
    NEED_REQUIRED_FOR_WELFARE_NEED(422, "A need of welfare names the need", "복지 필요에는 필요 항목이 있어야 합니다"),
    CHECK_ALREADY_ANSWERED(409, "The whereabouts check has been answered before", "이미 처리된 소재 확인입니다");

    private final int status;
    private final String english;
    private final String korean;

    VisitRule(int status, String english, String korean) {
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
