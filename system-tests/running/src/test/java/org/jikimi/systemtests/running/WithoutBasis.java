package org.jikimi.systemtests.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.jikimi.systemtests.Family;
import org.jikimi.systemtests.Rest;

/** Two indicators of the insurance that no other test sends may not be used until this is closed. */
final class WithoutBasis implements AutoCloseable {
    private static final String WITHDRAWN = "STRESS_BEHAVIOUR_DIAGNOSIS";
    private static final String NOT_YET_IN_FORCE = "CHECKUP_NEEDS_EVALUATION";
    private static final LocalDate LONG_AGO = LocalDate.of(2014, 9, 29);

    private final Rest rest;

    WithoutBasis(Rest rest) {
        this.rest = rest;
        change(WITHDRAWN, "legal-basis/withdrawal", "");
        record(NOT_YET_IN_FORCE, Family.today().plusMonths(1));
    }

    @Override
    public void close() {
        for (var indicator : List.of(WITHDRAWN, NOT_YET_IN_FORCE)) {
            record(indicator, LONG_AGO);
        }
    }

    private void record(String indicator, LocalDate inForceOn) {
        var basis = Rest.JSON.createObjectNode().put("article", "아동복지법 제15조의4").put("inForceOn", inForceOn.toString());
        change(indicator, "legal-basis", basis.toString());
    }

    private void change(String indicator, String what, String body) {
        var path = "indicators/" + indicator;
        var seen = rest.as("supervisor-1").get(Rest.Service.SCREENING, path).etag();
        var answer =
                rest.as("supervisor-1").header("If-Match", seen).post(Rest.Service.SCREENING, path + "/" + what, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }
}
