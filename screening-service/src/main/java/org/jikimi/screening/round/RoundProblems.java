package org.jikimi.screening.round;

import org.jikimi.runtime.rest.Problem;

/** Why a round cannot do what is asked. */
public final class RoundProblems {
    public static final Problem WRONG_STATE =
            Problem.of("round-state", 409, "The round is not in a state for this", "차수의 현재 상태에서는 할 수 없습니다");
    static final Problem AT_WORK =
            Problem.of("round-at-work", 409, "The round is being worked on: wait for it", "차수가 처리되고 있습니다");
    static final Problem NOT_YET =
            Problem.of("round-as-of-future", 409, "The round's day has not come yet", "기준일이 아직 되지 않았습니다");

    private RoundProblems() {}
}
