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
    static final Problem LEAVES_WAITING = Problem.of(
            "round-leaves-waiting",
            409,
            "Children wait in the backlog, and closing ends their chance of a visit: leavesWaiting=true says that it is meant",
            "대기 중인 아동이 있어 종결하면 방문 대상에서 빠집니다");

    private RoundProblems() {}
}
