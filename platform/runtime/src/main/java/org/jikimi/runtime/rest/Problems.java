package org.jikimi.runtime.rest;

/** The refusals that every service shares. */
public final class Problems {
    public static final Problem MALFORMED_BODY =
            Problem.of("malformed-body", 400, "The body is not the JSON that was expected", "본문이 올바른 JSON이 아닙니다");
    public static final Problem INVALID_FIELD =
            Problem.of("invalid-field", 422, "A field has a value that is not allowed", "허용되지 않는 값이 있습니다");
    public static final Problem UNAUTHENTICATED =
            Problem.of("unauthenticated", 401, "A valid token is needed", "유효한 인증 토큰이 필요합니다");
    public static final Problem FORBIDDEN =
            Problem.of("forbidden", 403, "Your role may not do this", "이 작업에 대한 권한이 없습니다");
    public static final Problem OTHER_DISTRICT =
            Problem.of("other-district", 403, "This lies outside your district", "담당 자치구가 아닙니다");
    public static final Problem OTHER_AGENCY =
            Problem.of("other-agency", 403, "This lies outside your agency", "소속 기관의 건이 아닙니다");
    public static final Problem NOT_FOUND = Problem.of("not-found", 404, "There is no such thing", "해당 자료가 없습니다");
    public static final Problem STALE_VERSION = Problem.of(
            "stale-version", 412, "It has changed since you read it: read it again", "읽은 뒤에 변경되었습니다. 다시 조회하십시오");
    public static final Problem MISSING_VERSION =
            Problem.of("missing-version", 428, "Send If-Match with the version you read", "If-Match 헤더가 필요합니다");
    public static final Problem MISSING_KEY =
            Problem.of("missing-idempotency-key", 400, "Send an Idempotency-Key", "Idempotency-Key 헤더가 필요합니다");
    public static final Problem KEY_REUSED = Problem.of(
            "idempotency-key-reused",
            422,
            "This Idempotency-Key was used with another body",
            "다른 본문에 이미 사용된 Idempotency-Key입니다");

    private Problems() {}
}
