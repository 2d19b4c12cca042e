package org.jikimi.sample.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.jikimi.sample.note.NoteRequests.NOTES;
import static org.jikimi.sample.note.NoteRequests.WRITER;
import static org.jikimi.sample.note.NoteRequests.add;
import static org.jikimi.sample.note.NoteRequests.as;
import static org.jikimi.sample.note.NoteRequests.isProblem;
import static org.jikimi.sample.note.NoteRequests.path;
import static org.jikimi.sample.note.NoteRequests.writing;

import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request that comes again, at once or later, from its sender or from somebody else. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class RepeatedRequestsTest {
    @Inject
    @DataSource("owner")
    javax.sql.DataSource owner;

    @BeforeEach
    void anEmptyTableOfNotes() throws SQLException {
        NoteTable.empty(owner);
    }

    @Test
    void creatingNeedsAKey() {
        isProblem(writing("{\"text\":\"a\",\"stars\":1}").post(NOTES), 400, "missing-idempotency-key");
    }

    @Test
    void aKeyThatIsTooLongIsRefused() {
        isProblem(add("k".repeat(201), "{\"text\":\"a\",\"stars\":1}"), 400, "invalid-idempotency-key");
    }

    @Test
    void theSameKeyAndBodyGetTheFirstAnswerAgain() throws SQLException {
        var key = UUID.randomUUID().toString();
        var first = add(key, "{\"text\":\"a\",\"stars\":1}");
        var again = add(key, " {\"stars\":1, \"text\":\"a\", \"due\":null}");
        first.then().statusCode(201).header("ETag", "\"1\"").header("Location", containsString(NOTES));
        again.then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", first.header("Location"))
                .header("Idempotency-Replayed", "true")
                .body(equalTo(first.asString()));
        assertThat(NoteTable.rows(owner)).isOne();
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() throws SQLException {
        var key = UUID.randomUUID().toString();
        add(key, "{\"text\":\"a\",\"stars\":1}").then().statusCode(201);
        isProblem(add(key, "{\"text\":\"a\",\"stars\":2}"), 422, "idempotency-key-reused");
        assertThat(NoteTable.rows(owner)).isOne();
    }

    @Test
    void theKeyOfAnotherCallerIsAnotherKey() throws SQLException {
        var key = UUID.randomUUID().toString();
        add(key, "{\"text\":\"a\",\"stars\":1}").then().statusCode(201);
        as(TestTokens.of("second", "writer").districts("11110"))
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body("{\"text\":\"b\",\"stars\":1}")
                .post(NOTES)
                .then()
                .statusCode(201);
        assertThat(NoteTable.rows(owner)).isEqualTo(2);
    }

    @Test
    void aCallerWhoseDistrictWasTakenAwayGetsNoOldAnswer() {
        var key = UUID.randomUUID().toString();
        var created = add(key, "{\"text\":\"a\",\"stars\":1}");
        created.then().statusCode(201);
        var path = path(created.header("Location"));
        changeAs(WRITER, path, key).then().statusCode(200);
        var moved = TestTokens.of("writer", "writer").districts("11680");

        isProblem(
                as(moved)
                        .contentType(ContentType.JSON)
                        .header("Idempotency-Key", key)
                        .body("{\"text\":\"a\",\"stars\":1}")
                        .post(NOTES),
                403,
                "other-district");
        isProblem(changeAs(moved, path, key), 403, "other-district");
        changeAs(WRITER, path, key).then().statusCode(200).header("Idempotency-Replayed", "true");
    }

    @Test
    void aCallerWhoLostARoleGetsNoAnswerThatWasShownToIt() {
        var key = UUID.randomUUID().toString();
        var path = path(add("a").header("Location"));
        var both = TestTokens.of("writer", "writer", "supervisor").districts("11110");
        changeAs(both, path, key).then().statusCode(200);

        isProblem(changeAs(WRITER, path, key), 403, "forbidden");
        changeAs(both, path, key).then().statusCode(200).header("Idempotency-Replayed", "true");
    }

    private static Response changeAs(Bearer who, String path, String key) {
        return as(who).contentType(ContentType.JSON)
                .header("If-Match", "\"1\"")
                .header("Idempotency-Key", key)
                .body("{\"text\":\"b\",\"stars\":1}")
                .put(path);
    }

    @Test
    void workThatActsBeforeItSaysThatItMayIsUndone() throws SQLException {
        isProblem(
                writing("{\"text\":\"a\",\"stars\":1}")
                        .header("Idempotency-Key", "unchecked")
                        .post(NOTES + "/unchecked"),
                500,
                "unexpected");
        isProblem(writing("{}").header("If-Match", "\"1\"").put(NOTES + "/unchecked"), 500, "unexpected");
        assertThat(NoteTable.rows(owner)).isZero();
    }

    @Test
    void whatARepeatedRequestWroteBeforeItWasRecognisedIsUndone() throws SQLException {
        for (int i = 0; i < 2; i++) {
            writing("{\"text\":\"a\",\"stars\":1}")
                    .header("Idempotency-Key", "eager")
                    .post(NOTES + "/eager")
                    .then()
                    .statusCode(201);
        }
        assertThat(NoteTable.rows(owner)).isOne();
    }

    @Test
    void aRefusedRequestLeavesItsKeyFree() {
        var key = UUID.randomUUID().toString();
        isProblem(add(key, "{\"text\":\"\",\"stars\":1}"), 422, "invalid-field").body("field", equalTo("text"));
        add(key, "{\"text\":\"a\",\"stars\":1}").then().statusCode(201);
    }

    @Test
    void concurrentRequestsOfOneKeyActOnce() throws Exception {
        var key = UUID.randomUUID().toString();
        Callable<String> request = () -> add(key, "{\"text\":\"a\",\"stars\":1}")
                .then()
                .statusCode(201)
                .extract()
                .asString();
        var answers = new HashSet<String>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var answer : threads.invokeAll(Collections.nCopies(8, request))) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).hasSize(1);
        assertThat(NoteTable.rows(owner)).isOne();
    }

    @Test
    void whoLosesARaceForAUniqueValueIsRefusedByTheRuleItself() throws Exception {
        Callable<Response> request = () -> add("only one");
        var answers = new ArrayList<Integer>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var answer : threads.invokeAll(Collections.nCopies(8, request))) {
                answers.add(answer.get().statusCode());
                if (answer.get().statusCode() != 201) {
                    isProblem(answer.get(), 409, "note-exists");
                }
            }
        }
        assertThat(answers).containsOnlyOnce(201);
        assertThat(NoteTable.rows(owner)).isOne();
    }
}
