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
    public static final Problem INVALID_KEY = Problem.of(
            "invalid-idempotency-key",
            400,
            "An Idempotency-Key has 1 to 200 printable ASCII characters",
            "Idempotency-Key는 1~200자의 ASCII 문자여야 합니다");
    public static final Problem INVALID_VERSION = Problem.of(
            "invalid-if-match",
            400,
            "If-Match takes the one ETag you read, such as \"3\"",
            "If-Match에는 조회한 ETag 하나만 쓸 수 있습니다");
    public static final Problem INVALID_CURSOR = Problem.of(
            "invalid-cursor",
            400,
            "This cursor does not belong to this list and caller: start over without it",
            "이 목록에 쓸 수 없는 커서입니다. 처음부터 다시 조회하십시오");
    public static final Problem INVALID_LIMIT =
            Problem.of("invalid-limit", 400, "A limit lies between 1 and 500", "limit은 1에서 500 사이여야 합니다");
    public static final Problem INVALID_PARAMETER =
            Problem.of("invalid-parameter", 400, "A parameter of the address is malformed", "주소의 매개변수 형식이 올바르지 않습니다");
    public static final Problem BODY_BROKEN_OFF = Problem.of(
            "body-broken-off",
            400,
            "The body broke off before its end: send it again",
            "본문이 끝나기 전에 전송이 끊겼습니다. 다시 보내십시오");
    public static final Problem UNKNOWN_FIELD =
            Problem.of("unknown-field", 400, "The body has a field that is not known here", "알 수 없는 필드가 있습니다");
    public static final Problem BAD_REQUEST =
            Problem.of("bad-request", 400, "The request is malformed", "요청 형식이 올바르지 않습니다");
    public static final Problem METHOD_NOT_ALLOWED =
            Problem.of("method-not-allowed", 405, "This address does not take this method", "이 주소에서 지원하지 않는 메서드입니다");
    public static final Problem NOT_ACCEPTABLE =
            Problem.of("not-acceptable", 406, "None of the accepted media types is offered", "요청한 응답 형식을 제공하지 않습니다");
    public static final Problem CONFLICT = Problem.of(
            "conflict", 409, "Another request changed the same thing: try again", "다른 요청과 충돌했습니다. 다시 시도하십시오");
    public static final Problem TOO_LARGE = Problem.of("body-too-large", 413, "The body is too large", "본문이 너무 큽니다");
    public static final Problem UNSUPPORTED_TYPE =
            Problem.of("unsupported-media-type", 415, "This Content-Type is not taken here", "지원하지 않는 Content-Type입니다");
    public static final Problem TOO_MANY =
            Problem.of("too-many-requests", 429, "Too many requests: wait a little", "요청이 너무 많습니다. 잠시 후 다시 시도하십시오");
    public static final Problem OUTBOX_BEHIND = Problem.of(
            "outbox-behind",
            503,
            "What came before has not been told to the other services yet: send bulk later",
            "이전 변경 사항이 아직 전달되지 않았습니다. 대량 자료는 잠시 후 보내십시오");
    public static final Problem UNEXPECTED = Problem.of(
            "unexpected", 500, "Something went wrong here; nothing was changed", "내부 오류가 발생했습니다. 변경된 내용은 없습니다");
    public static final Problem UNAVAILABLE =
            Problem.of("unavailable", 503, "Not available at the moment: try again", "일시적으로 이용할 수 없습니다. 다시 시도하십시오");

    private Problems() {}
}
