package org.jikimi.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jikimi.local.Stack;
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

    /**
     * One of them.
     *
     * @param code that it is rejected with
     * @param what is wrong with it
     */
    private record Bad(String code, String what, String escaped) {}

    @Test
    void everyBadLineOfSignalsIsRejectedWithItsCodeAndEveryGoodOneIsTaken() throws IOException {
        family.register(rest);

        reject("signal-batches", INSURANCE, NDJSON, "signals.ndjson.tsv", "", """
                {"signalId":"%ID%","indicator":"NO_MEDICAL_USE","subject":{"scheme":"%SCHEME%","value":"%SUBJECT%"},"observedOn":"2026-09-20"}""");
    }

    @Test
    void everyBadLineOfSignalsInATableIsRejectedWithItsCodeAndEveryGoodOneIsTaken() throws IOException {
        family.register(rest);

        reject(
                "signal-batches",
                INSURANCE,
                CSV,
                "signals.csv.tsv",
                "signalId,indicator,subjectScheme,subjectValue,observedOn,clearedOn\n",
                "%ID%,NO_MEDICAL_USE,%SCHEME%,%SUBJECT%,2026-09-20,");
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
        var bad = read(corpus);
        var file = new ByteArrayOutputStream();
        file.writeBytes(heading.getBytes(UTF_8));
        var expected = new TreeMap<Long, String>();
        long line = heading.isEmpty() ? 0 : 1;
        file.writeBytes(bytes(good));
        line++;
        for (var one : bad) {
            file.write('\n');
            file.writeBytes(bytes(one.escaped()));
            expected.put(++line, one.code() + ": " + one.what() + ": " + one.escaped());
            file.write('\n');
            file.writeBytes(bytes(good));
            line++;
        }

        var answer = rest.as(user).post(Rest.Service.SCREENING, path, type, file.toByteArray());

        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        var rejected = rejections(path, user, answer.body().path("batchId").asText());
        assertThat(wrong(expected, rejected)).isEmpty();
        assertThat(answer.body().path("received").asInt()).isEqualTo(2 * bad.size() + 1);
        assertThat(answer.body().path("accepted").asInt()).as("good lines").isEqualTo(bad.size() + 1);
        assertThat(answer.body().path("rejected").asInt()).isEqualTo(bad.size());
    }

    /** What was expected of a line and what came of it, where that differs. */
    private static List<String> wrong(Map<Long, String> expected, Map<Long, String> rejected) {
        var wrong = new ArrayList<String>();
        expected.forEach((line, what) -> {
            var code = rejected.getOrDefault(line, "taken");
            if (!what.startsWith(code + ": ")) {
                wrong.add(code + " instead of " + what);
            }
        });
        rejected.keySet().stream()
                .filter(line -> !expected.containsKey(line))
                .forEach(line -> wrong.add("good line " + line + " was rejected: " + rejected.get(line)));
        return wrong;
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

    private static List<Bad> read(String corpus) throws IOException {
        try (var file = Objects.requireNonNull(BadLinesTest.class.getResourceAsStream("/bad-lines/" + corpus))) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", 3))
                    .map(columns -> new Bad(columns[0], columns[1], columns[2]))
                    .toList();
        }
    }

    private byte[] bytes(String escaped) {
        var identifier = family.child().path("identifier");
        var text = escaped.replace("%ID%", UUID.randomUUID().toString())
                .replace("%SUBJECT%", identifier.path("value").asText())
                .replace("%SCHEME%", identifier.path("scheme").asText())
                .replace("%DISTRICT%", family.district())
                .replace("%DONG%", family.child().path("dongCode").asText())
                .replace("%PAD%", "x".repeat(65_537))
                .replace("%DIGITS%", "1".repeat(1_001));
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                bytes.writeBytes(String.valueOf(c).getBytes(UTF_8));
            } else if (text.charAt(++i) == 'x') {
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write('\\');
            }
        }
        return bytes.toByteArray();
    }
}
