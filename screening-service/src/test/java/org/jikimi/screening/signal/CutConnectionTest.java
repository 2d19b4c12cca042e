package org.jikimi.screening.signal;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An agency's connection is cut in the middle of a file, and the agency sends the file again under the same key. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class CutConnectionTest {
    private static final String NDJSON = "application/x-ndjson";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Bearer REGISTER =
            TestTokens.of("register", "partner-agency").sourceKind("resident-register");
    private static final Bearer POWER =
            TestTokens.of("cut-off", "partner-agency").sourceKind("power-utility");
    /** A chunk and a part of the next. */
    private static final int LINES = 10_500;

    private static final int FIRST_MEMBER = LINES - 200;
    private static final String OF_THE_BATCH = "FROM batch b JOIN batch_chunk c ON c.batch_id = b.id WHERE b.key = ";

    @Inject
    Transactions transactions;

    private final String key = UUID.randomUUID().toString();

    /** How the end of a body is told. */
    enum Framing {
        LENGTH,
        CHUNKED
    }

    /** How a connection ends that should not. */
    enum Cut {
        CLOSED,
        RESET,
        /** Something else comes where the length of a chunk should stand. */
        GARBLED
    }

    /** How the lines are packed. */
    enum Packing {
        PLAIN,
        GZIP,
        /** Two files packed one by one and joined, of which the first comes whole. */
        GZIP_MEMBERS
    }

    @BeforeAll
    static void batchesAreSentAsTheyAre() {
        RestAssured.config = RestAssured.config()
                .encoderConfig(EncoderConfig.encoderConfig()
                        .encodeContentTypeAs(NDJSON, ContentType.TEXT)
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false));
    }

    @BeforeEach
    void aHousehold() {
        given().header("Authorization", "Bearer " + REGISTER.token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(NDJSON)
                .body(SendChildren.child("CUT-1", "CUT-H-1", "2015-05-01").getBytes(UTF_8))
                .post("/api/v1/child-batches")
                .then()
                .statusCode(201)
                .body("rejected", equalTo(0));
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN, LENGTH, CLOSED",
        "PLAIN, LENGTH, RESET",
        "PLAIN, CHUNKED, CLOSED",
        "PLAIN, CHUNKED, RESET",
        "PLAIN, CHUNKED, GARBLED",
        "GZIP, LENGTH, CLOSED",
        "GZIP, CHUNKED, RESET",
        "GZIP, CHUNKED, GARBLED",
        "GZIP_MEMBERS, LENGTH, CLOSED",
        "GZIP_MEMBERS, CHUNKED, RESET"
    })
    void nothingIsLostOrDoubledWhenTheFileIsSentAgain(Packing packing, Framing framing, Cut cut) throws Exception {
        var lines = lines(0, LINES);
        var body = body(packing);
        int sent = sent(packing, body);
        var taken = count("SELECT coalesce(sum(accepted), 0) FROM source_day");
        try (var sender = Sender.begin(key, framing, packing, body.length)) {
            sender.send(Arrays.copyOf(body, sent));
            await("its first chunk").atMost(SOON).until(() -> chunks() == 1);
            sender.cut(cut);
            await("it was left")
                    .atMost(SOON)
                    .until(() -> count("SELECT count(*) " + OF_THE_BATCH + "'" + key + "' AND c.settled") > 0);
        }
        assertThat(chunks()).as("half a chunk is not a chunk").isEqualTo(1);
        assertThat(count("SELECT count(*) FROM batch WHERE state = 'RECEIVING' AND key = '" + key + "'"))
                .as("a file that did not come whole is still coming")
                .isOne();

        var receipt = sendAgain(packing, body);

        assertThat(receipt.state()).isEqualTo("COMPLETE");
        assertThat(List.of(receipt.received(), receipt.accepted(), receipt.duplicates(), receipt.rejected()))
                .containsExactly(LINES, LINES, 0, 0);
        assertThat(receipt.sha256()).isEqualTo(sha256(lines));
        assertThat(count("SELECT count(*) FROM signal WHERE signal_id LIKE '" + key + "-%'"))
                .isEqualTo(LINES);
        assertThat(count("SELECT coalesce(sum(accepted), 0) FROM source_day") - taken)
                .isEqualTo(LINES);
        assertThat(sendAgain(packing, body)).isEqualTo(receipt);
    }

    private String lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(n -> SendSignals.signal(key + "-" + n, "POWER_CUTOFF", "HOUSEHOLD", "CUT-H-1", "2026-09-01"))
                .collect(Collectors.joining());
    }

    private byte[] body(Packing packing) throws IOException {
        return switch (packing) {
            case PLAIN -> lines(0, LINES).getBytes(UTF_8);
            case GZIP -> zipped(lines(0, LINES));
            case GZIP_MEMBERS -> {
                var members = new ByteArrayOutputStream();
                members.writeBytes(zipped(lines(0, FIRST_MEMBER)));
                members.writeBytes(zipped(lines(FIRST_MEMBER, LINES)));
                yield members.toByteArray();
            }
        };
    }

    private int sent(Packing packing, byte[] body) throws IOException {
        return packing == Packing.GZIP_MEMBERS ? zipped(lines(0, FIRST_MEMBER)).length : body.length / 100 * 98;
    }

    private long chunks() throws SQLException {
        return count("SELECT count(*) " + OF_THE_BATCH + "'" + key + "'");
    }

    private long count(String query) throws SQLException {
        return transactions.run(
                tx -> Sql.on(tx).createQuery(query).mapTo(Long.class).one());
    }

    /** A receipt as JSON has it. */
    private record Told(String state, int received, int accepted, int duplicates, int rejected, String sha256) {}

    private Told sendAgain(Packing packing, byte[] body) {
        var request = given().header("Authorization", "Bearer " + POWER.token())
                .header("Idempotency-Key", key)
                .contentType(NDJSON)
                .body(body);
        if (packing != Packing.PLAIN) {
            request.header("Content-Encoding", "gzip");
        }
        var told = request.post("/api/v1/signal-batches")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        return new Told(
                told.getString("state"),
                told.getInt("received"),
                told.getInt("accepted"),
                told.getInt("duplicates"),
                told.getInt("rejected"),
                told.getString("sha256"));
    }

    private static byte[] zipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }

    /** An agency whose connection does not last. */
    private record Sender(Socket socket, Framing framing) implements AutoCloseable {
        static Sender begin(String key, Framing framing, Packing packing, int length) throws IOException {
            var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
            var heading = """
                    POST /api/v1/signal-batches HTTP/1.1
                    Host: 127.0.0.1
                    Authorization: Bearer %s
                    Idempotency-Key: %s
                    Content-Type: %s
                    %s
                    %s""".formatted(
                            POWER.token(),
                            key,
                            NDJSON,
                            framing == Framing.LENGTH ? "Content-Length: " + length : "Transfer-Encoding: chunked",
                            packing == Packing.PLAIN ? "\n" : "Content-Encoding: gzip\n\n");
            socket.getOutputStream().write(heading.replace("\n", "\r\n").getBytes(US_ASCII));
            return new Sender(socket, framing);
        }

        void send(byte[] part) throws IOException {
            var out = socket.getOutputStream();
            if (framing == Framing.CHUNKED) {
                out.write((Integer.toHexString(part.length) + "\r\n").getBytes(US_ASCII));
                out.write(part);
                out.write("\r\n".getBytes(US_ASCII));
            } else {
                out.write(part);
            }
            out.flush();
        }

        void cut(Cut cut) throws IOException {
            switch (cut) {
                case CLOSED -> socket.close();
                case RESET -> {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
                case GARBLED -> socket.getOutputStream().write("no length\r\n".getBytes(US_ASCII));
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
