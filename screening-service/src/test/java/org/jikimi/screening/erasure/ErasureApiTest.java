package org.jikimi.screening.erasure;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.time.Times;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.junit.jupiter.api.Test;

/** Erasures as those see them who answer for the data. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class ErasureApiTest {
    private static final Path RULES = Path.of("../deploy/observability/erasure-alerts.yaml");
    private static final String ERASURES = "/api/v1/erasures";
    private static final String AUDITOR = TestTokens.of("auditor", "auditor").token();

    @Inject
    Transactions transactions;

    @Inject
    Times times;

    private final Erasures erasures = new Erasures();

    @Test
    void anErasureIsOutstandingThenOverdueUntilTheLastServiceHasAcknowledged() throws SQLException {
        var fresh = erased(Duration.ofHours(1));
        var late = erased(Duration.ofDays(8));
        var complete = erased(Duration.ofDays(8));
        for (var service : Erasures.SERVICES) {
            acknowledge(complete, service);
        }
        acknowledge(late, "case");

        list("").body("items.find { it.childId == '" + fresh + "' }.state", equalTo("OUTSTANDING"))
                .body("items.find { it.childId == '" + late + "' }.state", equalTo("OVERDUE"))
                .body("items.find { it.childId == '" + late + "' }.acknowledged", hasKey("case"))
                .body("items.find { it.childId == '" + complete + "' }.state", equalTo("COMPLETE"))
                .body("overdue", greaterThanOrEqualTo(1))
                .body("retention", nullValue());
        list("?outstanding=true")
                .body("items.childId", hasItem(late.toString()))
                .body("items.childId", not(hasItem(complete.toString())));
        assertThat(metrics()).containsPattern("(?m)^jikimi_erasures_overdue(\\{[^}]*})? [1-9]");
    }

    @Test
    void theListIsReadInPages() throws SQLException {
        erased(Duration.ofDays(1));
        erased(Duration.ofDays(2));

        String next = list("?limit=1").extract().path("next");

        list("?limit=1&cursor=" + next).body("items.size()", equalTo(1));
    }

    @Test
    void aFilterThatIsNeitherTrueNorFalseIsRefusedByItsName() {
        asked("?outstanding=yes").statusCode(400).body("parameter", equalTo("outstanding"));
    }

    @Test
    void whoeverDoesNotAnswerForTheDataIsRefused() {
        given().header(
                        "Authorization",
                        "Bearer " + TestTokens.of("officer", "dong-officer").token())
                .get(ERASURES)
                .then()
                .statusCode(403);
    }

    @Test
    void everyMetricThatAnAlertWatchesIsTold() throws IOException {
        var watched = new TreeSet<String>();
        Pattern.compile("\\bjikimi_\\w+")
                .matcher(Files.readString(RULES))
                .results()
                .forEach(found -> watched.add(found.group()));

        assertThat(watched)
                .hasSize(4)
                .allSatisfy(metric -> assertThat(metrics()).containsPattern("(?m)^" + metric + "[{ ]"));
    }

    private UUID erased(Duration ago) throws SQLException {
        var child = EventIds.next();
        return transactions.run(tx -> {
            Instant at = times.now().minus(ago);
            erasures.add(tx, child, List.of(), at, at.plus(EraseChildren.COMPLETE_WITHIN));
            return child;
        });
    }

    private void acknowledge(UUID child, String service) throws SQLException {
        transactions.run(tx -> erasures.acknowledge(tx, child, service, times.now()));
    }

    private static ValidatableResponse list(String query) {
        return asked(query).statusCode(200);
    }

    private static ValidatableResponse asked(String query) {
        return given().header("Authorization", "Bearer " + AUDITOR)
                .urlEncodingEnabled(false)
                .get(ERASURES + query)
                .then();
    }

    private static String metrics() {
        return given().get("/q/metrics").then().statusCode(200).extract().asString();
    }
}
