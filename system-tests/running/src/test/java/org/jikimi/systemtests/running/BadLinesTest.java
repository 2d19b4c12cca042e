package org.jikimi.systemtests.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jikimi.local.Stack;
import org.jikimi.systemtests.Family;
import org.jikimi.systemtests.Rest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Over a thousand bad lines, each between two good ones: {@code src/test/resources/bad-lines}. */
@ExtendWith(RunningPlatform.class)
class BadLinesTest {
    private static final String NDJSON = "application/x-ndjson";
    private static final String CSV = "text/csv";
    private static final String REGISTER = "agency-resident-register";
    private static final String INSURANCE = "agency-health-insurance";
    private static final int PAGE = 500;

    private final Rest rest;
    private final Family family = Family.next();

    BadLinesTest(Stack stack) {
        this.rest = new Rest(stack);
    }

    @Test
    void everyBadLineOfSignalsIsRejectedWithItsCodeAndEveryGoodOneIsTaken() throws IOException {
        family.register(rest);

        try (var _ = new WithoutBasis(rest)) {
            reject("signal-batches", INSURANCE, NDJSON, "signals.ndjson.tsv", "", """
                    {"signalId":"%ID%","indicator":"NO_MEDICAL_USE","subject":{"scheme":"%SCHEME%","value":"%SUBJECT%"},"observedOn":"2026-09-20"}""");
        }
    }

    @Test
    void everyBadLineOfSignalsInATableIsRejectedWithItsCodeAndEveryGoodOneIsTaken() throws IOException {
        family.register(rest);

        try (var _ = new WithoutBasis(rest)) {
            reject(
                    "signal-batches",
                    INSURANCE,
                    CSV,
                    "signals.csv.tsv",
                    "signalId,indicator,subjectScheme,subjectValue,observedOn,clearedOn\n",
                    "%ID%,NO_MEDICAL_USE,%SCHEME%,%SUBJECT%,2026-09-20,");
        }
    }

    @Test
    void everyBadLineOfChildrenIsRejectedWithItsCodeAndEveryGoodOneIsTaken() throws IOException {
        reject("child-batches", REGISTER, NDJSON, "children.ndjson.tsv", "", """
                {"identifier":{"scheme":"RRN","value":"%ID%"},"birthDate":"2023-05-05","sex":"F","familyType":"OTHER",\
                "districtCode":"%DISTRICT%","dongCode":"%DONG%","care":"HOME"}""");
    }

    @Test
    void everyBadLineOfChildrenInATableIsRejectedWithItsCodeAndEveryGoodOneIsTaken() throws IOException {
        reject(
                "child-batches",
                REGISTER,
                CSV,
                "children.csv.tsv",
                "identifierScheme,identifierValue,name,address,birthDate,sex,householdId,familyType,districtCode,dongCode,care\n",
                "RRN,%ID%,,,2023-05-05,F,,OTHER,%DISTRICT%,%DONG%,HOME");
    }

    private void reject(String path, String user, String type, String corpus, String heading, String good)
            throws IOException {
        var bad = BadLine.all(corpus);
        var file = new ByteArrayOutputStream();
        file.writeBytes(heading.getBytes(UTF_8));
        var expected = new TreeMap<Long, String>();
        long line = heading.isEmpty() ? 0 : 1;
        file.writeBytes(BadLine.bytes(good, family));
        line++;
        for (var one : bad) {
            file.write('\n');
            file.writeBytes(one.bytes(family));
            expected.put(++line, one.toString());
            file.write('\n');
            file.writeBytes(BadLine.bytes(good, family));
            line++;
        }

        var answer = rest.as(user).post(Rest.Service.SCREENING, path, type, file.toByteArray());

        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        var rejected = rejections(path, user, answer.body().path("batchId").asText());
        assertThat(BadLine.wrong(expected, rejected)).isEmpty();
        assertThat(answer.body().path("received").asInt()).isEqualTo(2 * bad.size() + 1);
        assertThat(answer.body().path("accepted").asInt()).as("good lines").isEqualTo(bad.size() + 1);
        assertThat(answer.body().path("rejected").asInt()).isEqualTo(bad.size());
    }

    private Map<Long, String> rejections(String path, String user, String batch) {
        var codes = new TreeMap<Long, String>();
        var cursor = "";
        do {
            var page = rest.as(user)
                    .get(Rest.Service.SCREENING, path + "/" + batch + "/rejections?limit=" + PAGE + cursor)
                    .body();
            for (var item : page.path("items")) {
                assertThat(item.path("message").asText()).isNotBlank();
                codes.put(item.path("line").asLong(), item.path("code").asText());
            }
            cursor = page.path("next").isTextual()
                    ? "&cursor=" + page.path("next").asText()
                    : "";
        } while (!cursor.isEmpty());
        return codes;
    }
}
