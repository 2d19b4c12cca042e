package org.jikimi.screening.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.jikimi.screening.round.AnalystsDesk.ANALYST;
import static org.jikimi.screening.round.AnalystsDesk.as;
import static org.jikimi.screening.round.AnalystsDesk.canVisit;
import static org.jikimi.screening.round.AnalystsDesk.etag;
import static org.jikimi.screening.round.AnalystsDesk.export;
import static org.jikimi.screening.round.AnalystsDesk.register;
import static org.jikimi.screening.round.AnalystsDesk.screened;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.testkit.ServiceParts;
import org.junit.jupiter.api.Test;

/** The children whom a round has selected and no dong can visit yet, as an analyst meets them. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class BacklogApiTest {
    @Inject
    Transactions transactions;

    @Test
    void aRaisedCapacityMovesTheBacklogOfAScreenedRoundUp() {
        var dong = "1154551000";
        register(
                SendChildren.child("M1", "MH-1", "2023-03-01", "TWO_PARENT", dong, "HOME"),
                SendChildren.child("M2", "MH-2", "2023-03-02", "TWO_PARENT", dong, "HOME"));
        canVisit(dong, 1);
        var path = screened("AGE_THREE_SURVEY");
        var waiting = as(ANALYST).get(path).then().extract().<Integer>path("backlog");
        assertThat(waiting).isPositive();

        canVisit(dong, 2);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> as(ANALYST).get(path).then().body("backlog", equalTo(waiting - 1)));
        assertThat(export(path + "/flags?state=FLAGGED", "text/csv").lines().filter(line -> line.contains(dong)))
                .hasSize(2);
    }

    @Test
    void aRoundIsClosedWithChildrenWaitingOnlyByWhoSaysSo() {
        var dong = "1154552000";
        register(
                SendChildren.child("W1", "WH-1", "2023-04-01", "TWO_PARENT", dong, "HOME"),
                SendChildren.child("W2", "WH-2", "2023-04-02", "TWO_PARENT", dong, "HOME"));
        canVisit(dong, 1);
        var path = screened("AGE_THREE_SURVEY");
        var waiting = as(ANALYST).get(path).then().extract().<Integer>path("backlog");

        close(path, "")
                .statusCode(409)
                .body("type", endsWith("round-leaves-waiting"))
                .body("waiting", equalTo(waiting));
        close(path, "?leavesWaiting=false").statusCode(409);
        close(path, "?leavesWaiting=yes").statusCode(400).body("parameter", equalTo("leavesWaiting"));
        as(ANALYST).get(path).then().body("state", equalTo("SCREENED"));

        close(path, "?leavesWaiting=true").statusCode(200).body("state", equalTo("CLOSED"));
        as(ANALYST).get(path + "/report").then().body("coverage.backlog", equalTo(waiting));
    }

    private static ValidatableResponse close(String path, String query) {
        return as(ANALYST)
                .header("If-Match", etag(path))
                .post(path + "/closure" + query)
                .then();
    }

    @Test
    void theBacklogsAreLookedAtEveryMorning() throws SQLException {
        assertThat(transactions.<Integer>run(tx -> Sql.on(tx)
                        .createQuery(
                                "SELECT count(*) FROM due_work WHERE kind = 'round-backlogs-daily' AND due_at > now()")
                        .mapTo(int.class)
                        .one()))
                .isEqualTo(1);
    }
}
