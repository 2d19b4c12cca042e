package org.jikimi.systemtests.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.systemtests.running.Problems.assertProblem;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jikimi.local.Stack;
import org.jikimi.systemtests.Family;
import org.jikimi.systemtests.Rest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Files as agencies send them when something went wrong at theirs. */
@ExtendWith(RunningPlatform.class)
class BadBatchTest {
    private static final String NDJSON = "application/x-ndjson";
    private static final String REGISTER = "agency-resident-register";
    private static final String UTILITY = "agency-power-utility";

    private final Rest rest;

    BadBatchTest(Stack stack) {
        this.rest = new Rest(stack);
    }

    @Test
    void aMalformedLineIsRejectedByItsNumberAndTheLinesBesideItAreKept() {
        var receipt = children(line(), "{not json", line());

        assertCounts(receipt, 3, 2, 0, 1);
        assertThat(rejections("child-batches", REGISTER, receipt)).containsExactly("2 malformed-json");
    }

    @Test
    void anUnknownIndicatorIsRejectedAndTheSignalsBesideItAreKept() {
        var family = registered();
        var receipt = signals(
                family.signal("POWER_CUTOFF").toString(),
                family.signal("NO_SUCH_INDICATOR").toString());

        assertCounts(receipt, 2, 1, 0, 1);
        assertThat(rejections("signal-batches", UTILITY, receipt)).containsExactly("2 unknown-indicator");
    }

    @Test
    void anIndicatorOfAnotherKindOfAgencyIsRejected() {
        var family = registered();
        var receipt = signals(
                family.signal("SUSPECTED_ABUSE_MEDICAL_RECORD").toString(),
                family.signal("POWER_CUTOFF").toString());

        assertCounts(receipt, 2, 1, 0, 1);
        assertThat(rejections("signal-batches", UTILITY, receipt)).containsExactly("1 wrong-source");
    }

    @Test
    void aSignalAboutSomebodyNobodyRegisteredIsRejected() {
        var receipt = signals(
                Family.next().signal("POWER_CUTOFF").toString(),
                registered().signal("POWER_CUTOFF").toString());

        assertCounts(receipt, 2, 1, 0, 1);
        assertThat(rejections("signal-batches", UTILITY, receipt)).containsExactly("1 unknown-subject");
    }

    @Test
    void aValueOfTheWrongTypeIsRejected() {
        var family = registered();
        var receipt = signals(
                family.signal("POWER_CUTOFF").put("observedOn", 20260930).toString(),
                family.signal("POWER_CUTOFF").put("observedOn", "yesterday").toString(),
                family.signal("POWER_CUTOFF").put("subject", "RRN").toString(),
                family.signal("POWER_CUTOFF").toString());

        assertCounts(receipt, 4, 1, 0, 3);
        assertThat(rejections("signal-batches", UTILITY, receipt))
                .containsExactly("1 wrong-type", "2 wrong-type", "3 wrong-type");
    }

    @Test
    void aDateInTheFutureIsRejected() {
        var family = registered();
        var receipt = signals(
                family.signal("POWER_CUTOFF").put("observedOn", "2999-01-01").toString(),
                family.signal("POWER_CUTOFF").toString());

        assertCounts(receipt, 2, 1, 0, 1);
        assertThat(rejections("signal-batches", UTILITY, receipt)).containsExactly("1 future-date");
    }

    @Test
    void aSignalThatComesAgainIsCountedAsADuplicateAndKeptOnce() {
        var signal = registered().signal("POWER_CUTOFF").toString();
        assertCounts(signals(signal), 1, 1, 0, 0);

        assertCounts(signals(signal), 1, 0, 1, 0);
    }

    @Test
    void aLineOfTenMegabytesIsRejectedAndTheLinesBesideItAreKept() {
        var receipt = children(line(), "{\"name\":\"" + "x".repeat(10 * 1024 * 1024) + "\"}", line());

        assertCounts(receipt, 3, 2, 0, 1);
        assertThat(rejections("child-batches", REGISTER, receipt)).containsExactly("2 too-long");
    }

    @Test
    void aDeeplyNestedLineIsRejectedAndTheLinesBesideItAreKept() {
        var receipt = children(line(), "{\"x\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}", line());

        assertCounts(receipt, 3, 2, 0, 1);
        assertThat(rejections("child-batches", REGISTER, receipt)).containsExactly("2 too-deep");
    }

    @Test
    void textThatIsNoTextIsRejectedOrKeptButNeverAnError() {
        var family = Family.next();
        var receipt = children(
                family.child().put("name", "a\u0000b").toString(),
                family.child().toString().replace(family.child().path("name").asText(), "\\ud800"),
                line());

        assertThat(receipt.path("received").asInt()).isEqualTo(3);
        assertThat(receipt.path("accepted").asInt()).isPositive();
    }

    @Test
    void anEmptyFileIsABatchWithoutLines() {
        assertCounts(children(), 0, 0, 0, 0);
    }

    @Test
    void aFileOfAnotherMediaTypeIsRefused() {
        var answer = rest.as(REGISTER).post(Rest.Service.SCREENING, "child-batches", "application/xml", bytes("<a/>"));

        assertProblem(answer, 415, "unsupported-media-type");
    }

    @Test
    void aFileInAnotherEncodingIsRefused() {
        var answer = rest.as(REGISTER)
                .header("Content-Encoding", "br")
                .post(Rest.Service.SCREENING, "child-batches", NDJSON, bytes(line()));

        assertProblem(answer, 415, "unsupported-encoding");
    }

    @Test
    void aGzipBombIsStoppedWithAReceipt() {
        var answer = rest.as(REGISTER)
                .header("Content-Encoding", "gzip")
                .post(Rest.Service.SCREENING, "child-batches", NDJSON, bomb());

        assertProblem(answer, 413, "gzip-bomb");
        assertThat(answer.body().path("receipt").path("batchId").asText()).isNotBlank();
    }

    @Test
    void gzipThatIsCutOffIsRefused() {
        var whole = zipped(line());
        var answer = rest.as(REGISTER)
                .header("Content-Encoding", "gzip")
                .post(Rest.Service.SCREENING, "child-batches", NDJSON, Arrays.copyOf(whole, whole.length / 2));

        assertProblem(answer, 400, "malformed-gzip");
    }

    @Test
    void aTableWithoutItsHeadingIsRefused() {
        var answer = rest.as(REGISTER).post(Rest.Service.SCREENING, "child-batches", "text/csv", bytes("a,b\n1,2\n"));

        assertProblem(answer, 422, "csv-heading");
    }

    @Test
    void aFileWithoutAKeyIsRefused() {
        var answer = rest.as(REGISTER)
                .header("Idempotency-Key", "")
                .post(Rest.Service.SCREENING, "child-batches", NDJSON, bytes(line()));

        assertProblem(answer, 400, "missing-idempotency-key");
    }

    @Test
    void anotherFileUnderAKeyThatWasUsedIsRefusedWithTheReceiptOfTheFirst() {
        var key = "batch-" + System.nanoTime();
        var first = rest.as(REGISTER)
                .header("Idempotency-Key", key)
                .post(Rest.Service.SCREENING, "child-batches", NDJSON, bytes(line()));
        assertThat(first.status()).isEqualTo(201);

        var other = rest.as(REGISTER)
                .header("Idempotency-Key", key)
                .post(Rest.Service.SCREENING, "child-batches", NDJSON, bytes(line()));

        assertProblem(other, 422, "batch-differs");
        assertThat(other.body().path("receipt").path("accepted").asInt()).isOne();
    }

    private Family registered() {
        var family = Family.next();
        family.register(rest);
        return family;
    }

    private static String line() {
        return Family.next().child().toString();
    }

    private JsonNode children(String... lines) {
        return batch("child-batches", REGISTER, lines);
    }

    private JsonNode signals(String... lines) {
        return batch("signal-batches", UTILITY, lines);
    }

    private JsonNode batch(String path, String user, String... lines) {
        var answer = rest.as(user).post(Rest.Service.SCREENING, path, NDJSON, bytes(String.join("\n", lines)));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.body();
    }

    private List<String> rejections(String path, String user, JsonNode receipt) {
        var page = rest.as(user)
                .get(
                        Rest.Service.SCREENING,
                        path + "/" + receipt.path("batchId").asText() + "/rejections");
        var lines = new ArrayList<String>();
        for (var item : page.body().path("items")) {
            assertThat(item.path("message").asText()).isNotBlank();
            lines.add(item.path("line").asText() + " " + item.path("code").asText());
        }
        return lines;
    }

    private static void assertCounts(JsonNode receipt, int received, int accepted, int duplicates, int rejected) {
        assertThat(List.of(
                        receipt.path("received").asInt(),
                        receipt.path("accepted").asInt(),
                        receipt.path("duplicates").asInt(),
                        receipt.path("rejected").asInt()))
                .as("received, accepted, duplicates, rejected")
                .containsExactly(received, accepted, duplicates, rejected);
    }

    private static byte[] bomb() {
        var packed = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(packed)) {
            var nothing = new byte[1024 * 1024];
            for (int i = 0; i < 256; i++) {
                zip.write(nothing);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] zipped(String text) {
        var packed = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(packed)) {
            zip.write(bytes(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
