package org.jikimi.screening.model;

import org.jikimi.runtime.rest.Problem;

/** Why a version cannot become what is asked. */
public final class ModelProblems {
    public static final Problem VERSION_TAKEN =
            Problem.of("model-version-taken", 409, "This version exists already", "이미 있는 버전입니다");
    static final Problem NOT_PROPOSED =
            Problem.of("model-not-proposed", 409, "Only a proposed version can be activated", "제안된 버전만 적용할 수 있습니다");
    static final Problem NOT_RETIRED = Problem.of(
            "model-not-retired", 409, "Only a version that was in use can come back", "사용되었던 버전만 되돌릴 수 있습니다");
    static final Problem SECOND_PERSON =
            Problem.of("second-person-needed", 403, "Who proposed a version may not activate it", "제안자는 적용할 수 없습니다");

    static final Problem IN_USE =
            Problem.of("model-in-use", 409, "The version in use cannot be its own shadow", "사용 중인 버전은 그림자가 될 수 없습니다");
    static final Problem SHADOW_TAKEN = Problem.of(
            "shadow-taken", 409, "Another version is the shadow: end that first", "다른 버전이 이미 그림자로 채점되고 있습니다");
    static final Problem NOT_SHADOW =
            Problem.of("model-not-shadow", 409, "This version is no shadow", "그림자로 채점되는 버전이 아닙니다");

    private ModelProblems() {}
}
