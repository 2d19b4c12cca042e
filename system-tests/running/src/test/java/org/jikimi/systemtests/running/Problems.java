package org.jikimi.systemtests.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.jikimi.systemtests.Rest;

/** What every refusal must look like. */
final class Problems {
    private Problems() {}

    /** Fails unless the answer is an RFC 9457 problem of the status and with the stable name. */
    static void assertProblem(Rest.Answer answer, int status, String name) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.type()).as(answer.toString()).startsWith("application/problem+json");
        assertThat(answer.problem()).as(answer.toString()).isEqualTo(name);
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
        assertThat(answer.body().path("title").asText()).isNotBlank();
        assertThat(answer.body().path("titleKo").asText()).isNotBlank();
    }
}
