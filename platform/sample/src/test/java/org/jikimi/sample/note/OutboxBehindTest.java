package org.jikimi.sample.note;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.jikimi.sample.note.NoteRequests.NOTES;
import static org.jikimi.sample.note.NoteRequests.WRITER;
import static org.jikimi.sample.note.NoteRequests.as;
import static org.jikimi.sample.note.NoteRequests.isProblem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.outbox.OutboxEvent;
import org.jikimi.testkit.Parts;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.junit.jupiter.api.Test;

/** Bulk is refused with 503 when the outbox is too old; urgent reports never are. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class OutboxBehindTest {
    private static final String TOPIC = "OutboxBehindTest";
    private static final Bearer REPORTER = TestTokens.of("reporter", "hasty");
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    Transactions transactions;

    @Test
    void bulkIsRefusedWhileAnEventCannotBeSentAndUrgentReportsGoThrough() throws SQLException {
        post(WRITER, "/bulk").then().statusCode(204);

        Parts.kafka().createTopics(1, TOPIC);
        Parts.kafka().setOpen(TOPIC, false);
        publish();
        await().atMost(SOON).until(() -> post(WRITER, "/bulk").statusCode() == 503);

        isProblem(post(WRITER, "/bulk"), 503, "outbox-behind")
                .header("Retry-After", equalTo("30"))
                .body("retryAfter", equalTo(30));
        post(REPORTER, "/urgent").then().statusCode(204);
        as(REPORTER).get(NOTES + "/hasty").then().statusCode(204);
        mixed(5).then().statusCode(204);
        isProblem(mixed(1), 503, "outbox-behind").header("Retry-After", equalTo("30"));
        isProblem(post(REPORTER, "/bulk"), 403, "forbidden");
        isProblem(given().contentType(ContentType.JSON).post(NOTES + "/bulk"), 401, "unauthenticated");

        Parts.kafka().setOpen(TOPIC, true);
        await().atMost(SOON).until(() -> post(WRITER, "/bulk").statusCode() == 204);
        mixed(1).then().statusCode(204);
    }

    private static Response mixed(int stars) {
        return as(REPORTER)
                .contentType(ContentType.JSON)
                .body("{\"text\":\"a\",\"stars\":" + stars + "}")
                .post(NOTES + "/mixed");
    }

    private void publish() throws SQLException {
        var event = new OutboxEvent(EventIds.next(), TOPIC, "child-1", Map.of(), "{}".getBytes(UTF_8));
        transactions.run(tx -> {
            new Outbox().publish(tx, List.of(event));
            return event;
        });
    }

    private static Response post(Bearer bearer, String path) {
        return as(bearer).contentType(ContentType.JSON).post(NOTES + path);
    }
}
