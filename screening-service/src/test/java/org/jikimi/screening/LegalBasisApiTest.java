package org.jikimi.screening;

import static org.hamcrest.Matchers.hasItem;
import static org.jikimi.screening.Requests.OFFICER;
import static org.jikimi.screening.Requests.as;
import static org.jikimi.screening.Requests.register;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class LegalBasisApiTest {
    private static final Bearer SUPERVISOR = TestTokens.of("supervisor", "supervisor");
    private static final Bearer HOTLINE = TestTokens.of("112", "report-gateway").districts("11350");
    private static final String INDICATOR = "/api/v1/indicators/PRIOR_ABUSE";

    @Inject
    Transactions transactions;

    @Inject
    Times times;

    @BeforeAll
    static void batchesAreSentAsTheyAre() {
        Requests.sendBatchesAsTheyAre();
    }

    @Test
    void whatTheCityFoundItselfCountsAtOnceWhenTheBasisIsOfADayThatHasCome() throws SQLException {
        register(SendChildren.child("B1", "BH-1", "2015-05-01"));
        var child = as(HOTLINE)
                .contentType(ContentType.JSON)
                .body("{\"identifier\":{\"scheme\":\"RRN\",\"value\":\"B1\"},\"purpose\":\"ABUSE_REPORT\"}")
                .post("/api/v1/children/matches")
                .then()
                .statusCode(200)
                .extract()
                .<String>path("childId");
        post("/legal-basis/withdrawal", "");
        transactions.run(tx -> Sql.on(tx)
                .createUpdate("INSERT INTO abuse_finding "
                        + "(child_id, investigation, version, determination, determined_at) "
                        + "VALUES (:child, gen_random_uuid(), 3, 'ABUSE', :at)")
                .bind("child", UUID.fromString(child))
                .bind("at", times.now())
                .execute());

        post("/legal-basis", "{\"article\":\"아동복지법 제15조의4\",\"inForceOn\":\"2026-01-01\"}");

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> as(OFFICER)
                        .get("/api/v1/children/" + child + "/risk")
                        .then()
                        .statusCode(200)
                        .body("reasons.code", hasItem("PRIOR_ABUSE")));
    }

    private static void post(String path, String body) {
        as(SUPERVISOR)
                .header("If-Match", as(SUPERVISOR).get(INDICATOR).header("ETag"))
                .contentType(ContentType.JSON)
                .body(body)
                .post(INDICATOR + path)
                .then()
                .statusCode(201);
    }
}
