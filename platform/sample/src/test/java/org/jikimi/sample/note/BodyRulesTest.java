package org.jikimi.sample.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.jikimi.sample.note.NoteRequests.NOTES;
import static org.jikimi.sample.note.NoteRequests.WRITER;
import static org.jikimi.sample.note.NoteRequests.add;
import static org.jikimi.sample.note.NoteRequests.as;
import static org.jikimi.sample.note.NoteRequests.isProblem;

import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;
import org.jikimi.testkit.ServiceParts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a body must be: whatever else comes is told in one problem, and is never a bug. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class BodyRulesTest {
    @Inject
    @DataSource("owner")
    javax.sql.DataSource owner;

    @BeforeEach
    void anEmptyTableOfNotes() throws SQLException {
        try (var connection = owner.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS note (id uuid PRIMARY KEY, text text UNIQUE, stars int, version int)");
            statement.execute("TRUNCATE note");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":",
                "",
                "null",
                "[]",
                "7",
                "\"x\"",
                "{\"stars\":1} {}",
                "{\"text\":\"a\",\"text\":\"b\"}",
                "\u0000"
            })
    void whatIsNotTheExpectedJsonIsRefused(String body) {
        isProblem(add(UUID.randomUUID().toString(), body), 400, "malformed-body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"stars\":\"secret\"}",
                "{\"stars\":{\"secret\":1}}",
                "{\"stars\":null}",
                "{\"stars\":1.5}",
                "{\"stars\":99999999999}"
            })
    void aFieldOfTheWrongTypeIsNamedButNotQuoted(String body) {
        isProblem(add(UUID.randomUUID().toString(), body), 422, "invalid-field")
                .body("field", equalTo("stars"))
                .body(not(containsString("secret")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "1.5", "true"})
    void whatIsNoTextIsNotTakenForOne(String value) {
        isProblem(add(UUID.randomUUID().toString(), "{\"text\":" + value + ",\"stars\":3}"), 422, "invalid-field")
                .body("field", equalTo("text"));
    }

    @Test
    void aFieldDeepInsideIsNamedByItsPath() {
        isProblem(
                        add(UUID.randomUUID().toString(), "{\"inner\":[{\"stars\":1},{\"stars\":1,\"due\":\"soon\"}]}"),
                        422,
                        "invalid-field")
                .body("field", equalTo("inner[1].due"))
                .body(not(containsString("soon")));
    }

    @Test
    void anUnknownFieldIsRefused() {
        isProblem(add(UUID.randomUUID().toString(), "{\"stars\":1,\"colour\":\"red\"}"), 400, "unknown-field")
                .body("field", equalTo("colour"));
    }

    @Test
    void anUnknownFieldWithATellingNameIsNotQuoted() {
        isProblem(add(UUID.randomUUID().toString(), "{\"stars\":1,\"홍길동 010\":\"red\"}"), 400, "unknown-field")
                .body("$", not(hasKey("field")));
    }

    @Test
    void aDeeplyNestedBodyIsRefused() {
        var body = "{\"inner\":[".repeat(40) + "]}".repeat(40);
        isProblem(add(UUID.randomUUID().toString(), body), 400, "malformed-body");
    }

    @Test
    void aBodyOfTenMegabytesIsRefused() {
        isProblem(
                add(UUID.randomUUID().toString(), "{\"text\":\"" + "x".repeat(10_000_000) + "\"}"),
                413,
                "body-too-large");
    }

    @Test
    void manySmallFieldsOfTenMegabytesAreRefused() {
        isProblem(
                add(UUID.randomUUID().toString(), "{\"inner\":[" + "{\"stars\":1},".repeat(800_000) + "{}]}"),
                413,
                "body-too-large");
    }

    @Test
    void aLargeBodyOfUnknownLengthIsRefused() throws Exception {
        var body = ("{\"inner\":[" + "{\"stars\":1},".repeat(200_000) + "{}]}").getBytes(StandardCharsets.UTF_8);
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + NOTES))
                            .header("Authorization", "Bearer " + WRITER.token())
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", "k")
                            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("urn:jikimi:problem:body-too-large");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/notes?limit=%zz HTTP/1.1",
                "GET /api/v1/notes/%00 HTTP/1.1",
                "GET /api/v1/notes/..%2f..%2fetc HTTP/1.1",
                "GET /api/v1/notes?cursor=%ff%fe HTTP/1.1",
                "GET /%zz HTTP/1.1",
                "GET /api/v1/notes HTTP/1.1|Accept: x",
                "GET /api/v1/notes HTTP/1.1|Accept: */*;q=many",
                "GET /api/v1/notes HTTP/1.1|Accept-Language: \u00ff",
                "POST /api/v1/notes HTTP/1.1|Content-Type: x|Content-Length: 1||{",
                "POST /api/v1/notes HTTP/1.1|Content-Type: ;;;|Content-Length: 1||{",
                "POST /api/v1/notes HTTP/1.1|Content-Type: application/json;charset=klingon|Content-Length: 2||{}",
                "POST /api/v1/notes HTTP/1.1|Content-Type: application/json|Content-Length: many",
                "POST /api/v1/notes HTTP/1.1|Content-Type: application/json|Content-Length: 3||{\"\u00ff",
                "PATCH /api/v1/notes HTTP/1.1",
                "BREW /api/v1/notes HTTP/1.1"
            })
    void whateverIsMalformedIsNeverAnsweredAsABug(String request) throws IOException {
        var whole = (request.contains("||") ? request : request + "||")
                .replaceFirst(
                        "[|]",
                        "|Host: x|Connection: close|Idempotency-Key: k|Authorization: Bearer " + WRITER.token() + "|")
                .replace("|", "\r\n");
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.getOutputStream().write(whole.getBytes(StandardCharsets.ISO_8859_1));
            socket.setSoTimeout(10_000);
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("HTTP/1.1 5");
        }
    }

    @Test
    void aTextThatCannotBeStoredIsRefused() {
        isProblem(add(UUID.randomUUID().toString(), "{\"text\":\"a\\u0000b\",\"stars\":1}"), 422, "invalid-field");
    }

    @Test
    void anotherMediaTypeIsRefused() {
        isProblem(
                as(WRITER)
                        .header("Idempotency-Key", "k")
                        .contentType("text/plain")
                        .body("x")
                        .post(NOTES),
                415,
                "unsupported-media-type");
    }

    @Test
    void anAnswerInAnotherMediaTypeIsNotOffered() {
        isProblem(as(WRITER).accept("image/png").get(NOTES), 406, "not-acceptable");
    }
}
