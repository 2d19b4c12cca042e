package org.jikimi.screening.batch;

import org.jikimi.runtime.rest.Problem;

/** Why a batch as a whole stops. */
public final class BatchProblems {
    public static final Problem CHUNK_DIFFERS = Problem.of(
            "batch-differs",
            422,
            "This Idempotency-Key named a batch with other lines: send the same file or another key",
            "이 Idempotency-Key로 보낸 묶음과 내용이 다릅니다");
    public static final Problem CSV_HEADING = Problem.of(
            "csv-heading", 422, "The first line must name the columns, each once", "첫 줄에 열 이름이 한 번씩 있어야 합니다");
    public static final Problem MALFORMED_GZIP =
            Problem.of("malformed-gzip", 400, "The body is not whole gzip", "올바른 gzip 본문이 아닙니다");
    public static final Problem GZIP_BOMB =
            Problem.of("gzip-bomb", 413, "The body unpacks to far more than it should", "압축 해제 크기가 지나치게 큽니다");
    public static final Problem NO_SOURCE_KIND = Problem.of(
            "no-source-kind", 403, "The token names no kind of data you may send", "전송할 수 있는 자료 유형이 토큰에 없습니다");
    public static final Problem WRONG_SOURCE =
            Problem.of("wrong-source", 403, "Your agency does not send this kind of data", "소속 기관이 보낼 수 있는 자료가 아닙니다");

    private BatchProblems() {}
}
