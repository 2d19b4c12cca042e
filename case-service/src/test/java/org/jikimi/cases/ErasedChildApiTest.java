package org.jikimi.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.jikimi.cases.Requests.change;
import static org.jikimi.cases.Requests.gateway;
import static org.jikimi.cases.Requests.investigator;
import static org.jikimi.cases.Requests.post;
import static org.jikimi.cases.Requests.problem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.erasure.EraseChild;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.testkit.ServiceParts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody still has the id of a child who was erased, and says something of it. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class ErasedChildApiTest {
    private static final String KEPT = """
            SELECT (SELECT count(*) FROM report WHERE child_id = ANY (:ids))
                 + (SELECT count(*) FROM measure WHERE child_id = ANY (:ids))
                 + (SELECT count(*) FROM legal_clock WHERE child_id = ANY (:ids))
                 + (SELECT count(*) FROM timeline_entry WHERE child_id = ANY (:ids))""";

    @Inject
    EraseChild erase;

    @Inject
    Transactions transactions;

    private final UUID child = EventIds.next();
    private final UUID alias = EventIds.next();

    @BeforeEach
    void theChildIsErased() throws SQLException {
        transactions.run(tx -> erase.erase(tx, child, List.of(alias)));
    }

    @Test
    void noReportIsTakenOfTheChildOrItsAlias() throws SQLException {
        for (var id : List.of(child, alias)) {
            report(id).then().statusCode(409).body("type", equalTo(problem("child-erased")));
        }

        assertThat(kept()).isZero();
    }

    @Test
    void noMeasureProtectsTheChildInTheInvestigationOfAnother() throws SQLException {
        var other = EventIds.next();
        String report = report(other).then().statusCode(201).extract().path("id");
        String investigation = change(
                        investigator(), "/api/v1/reports/" + report, "/investigation", "{\"attendance\":\"JOINT\"}")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        change(
                        investigator(),
                        "/api/v1/investigations/" + investigation,
                        "/measures",
                        "{\"kind\":\"IMMEDIATE_SEPARATION\",\"placeNeeded\":true,\"childIds\":[\"%s\",\"%s\"]}"
                                .formatted(other, child))
                .then()
                .statusCode(409)
                .body("type", equalTo(problem("child-erased")));

        assertThat(kept()).isZero();
    }

    private static Response report(UUID child) {
        return post(gateway(), "/api/v1/reports", """
                {"childId":"%s","districtCode":"11350","dongCode":"1135056000","channel":"CITIZEN","urgency":"URGENT",
                 "suspectedTypes":["PHYSICAL"],"narrative":"heard crying"}""".formatted(child));
    }

    private long kept() throws SQLException {
        return transactions.run(tx -> Sql.on(tx)
                .createQuery(KEPT)
                .bindArray("ids", UUID.class, child, alias)
                .mapTo(Long.class)
                .one());
    }
}
