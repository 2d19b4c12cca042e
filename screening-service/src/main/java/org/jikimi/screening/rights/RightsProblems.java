package org.jikimi.screening.rights;

import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.rest.Problems;

/** Why a request does not go on. */
final class RightsProblems {
    static final Problem DECIDED =
            Problem.of("rights-request-decided", 409, "The request is decided already", "이미 결정된 요구입니다");
    static final Problem NOT_DECIDED =
            Problem.of("rights-request-not-decided", 409, "The request is not decided yet", "아직 결정되지 않은 요구입니다");
    static final Problem OF_TWO = Problem.of(
            "rights-answer-of-two",
            409,
            "The answer tells of two children who were taken for one: register the request anew",
            "동일인으로 잘못 처리된 두 아동의 자료가 담긴 답변입니다. 요구를 다시 접수해야 합니다");
    static final Problem TOO_LATE = Problem.of(
            "rights-deferral-too-late",
            409,
            "The period has passed: it can no longer be put off",
            "처리기간이 지나 연기할 수 없습니다");
    static final Problem NO_FURTHER_DEFERRAL =
            Problem.of("rights-deferral-not-allowed", 409, "The law allows no further deferral", "법령상 더 이상 연기할 수 없습니다");
    static final Problem SECOND_PERSON =
            Problem.of("second-person-needed", 403, "Who registered a request may not decide it", "접수자는 결정할 수 없습니다");

    private RightsProblems() {}

    static Problem of(RightsRequest.Step.Refused refused) {
        return switch (refused) {
            case DECIDED -> DECIDED;
            case TOO_LATE -> TOO_LATE;
            case NO_FURTHER_DEFERRAL -> NO_FURTHER_DEFERRAL;
            case DAY_OUT_OF_RANGE -> Problems.INVALID_FIELD.with("field", "until");
            case SECOND_PERSON -> SECOND_PERSON;
        };
    }
}
