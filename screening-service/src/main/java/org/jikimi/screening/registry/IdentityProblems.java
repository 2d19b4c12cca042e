package org.jikimi.screening.registry;

import org.jikimi.runtime.rest.Problem;

/** Why two ids cannot be taken for one child, or apart. */
final class IdentityProblems {
    static final Problem ALIAS =
            Problem.of("child-is-alias", 409, "One of the ids is an alias: split it first", "이미 다른 아동에 통합된 식별자입니다");
    static final Problem HAS_ALIASES = Problem.of(
            "child-has-aliases",
            409,
            "The child has aliases itself: let it survive, or split them first",
            "이미 다른 식별자가 통합된 아동입니다");
    static final Problem NO_ALIAS = Problem.of("child-is-no-alias", 409, "The id is no alias", "통합된 식별자가 아닙니다");
    static final Problem PROVISIONAL_SURVIVOR = Problem.of(
            "provisional-survivor", 409, "A child of the register survives, not a provisional one", "주민등록 아동이 남아야 합니다");
    static final Problem TEMPORARY_SURVIVOR = Problem.of(
            "temporary-survivor",
            409,
            "The child with a resident number survives, not the one with a temporary number",
            "임시번호가 아니라 주민등록번호로 등록된 아동이 남아야 합니다");

    private IdentityProblems() {}
}
