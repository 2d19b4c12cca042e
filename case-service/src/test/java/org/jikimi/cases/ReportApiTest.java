package org.jikimi.cases;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.jikimi.cases.Requests.as;
import static org.jikimi.cases.Requests.gateway;
import static org.jikimi.cases.Requests.investigator;
import static org.jikimi.cases.Requests.json;
import static org.jikimi.cases.Requests.police;
import static org.jikimi.cases.Requests.post;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.junit.jupiter.api.Test;

/** Reports of suspected abuse in the running service: who may send them, and who sees what of them. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class ReportApiTest {
    @Test
    void aReportSentAgainIsTheSameReportAndItsReporterIsSealed() {
        var key = UUID.randomUUID().toString();
        var body = report("HOTLINE_112");
        String id = json(gateway(), body)
                .header("Idempotency-Key", key)
                .post("/api/v1/reports")
                .then()
                .statusCode(201)
                .body("reporter", nullValue())
                .extract()
                .path("id");

        json(gateway(), body)
                .header("Idempotency-Key", key)
                .post("/api/v1/reports")
                .then()
                .statusCode(201)
                .body("id", equalTo(id));
        json(gateway(), body).post("/api/v1/reports").then().statusCode(400);
        gateway().get("/api/v1/reports/" + id).then().statusCode(403);
        police().get("/api/v1/reports/" + id).then().statusCode(200).body("reporter", nullValue());
        investigator()
                .get("/api/v1/reports/" + id)
                .then()
                .statusCode(200)
                .body("reporter.name", equalTo("Synthetic Neighbour"))
                .body("narrative", equalTo("heard crying"));
        as(TestTokens.of("investigator-11110", "abuse-investigator").districts("11110"))
                .get("/api/v1/reports/" + id)
                .then()
                .statusCode(403);
        investigator()
                .get("/api/v1/reports?limit=500")
                .then()
                .body("items.find { it.id == '" + id + "' }.reporter", nullValue())
                .body("items.id", hasItem(id));
    }

    @Test
    void aListIsPagedToItsEnd() {
        post(gateway(), "/api/v1/reports", report("SHOP")).then().statusCode(201);
        post(gateway(), "/api/v1/reports", report("CITIZEN")).then().statusCode(201);
        var page = investigator().get("/api/v1/reports?limit=1");
        String next = page.path("next");

        investigator()
                .queryParam("limit", 1)
                .queryParam("cursor", next)
                .get("/api/v1/reports")
                .then()
                .statusCode(200)
                .body("items.id", not(contains(page.<String>path("items[0].id"))));
        investigator().queryParam("cursor", next).get("/api/v1/clocks").then().statusCode(400);
    }

    @Test
    void aReportThatCannotBeTakenIsAProblem() {
        post(gateway(), "/api/v1/reports", "{}").then().statusCode(422).body("field", equalTo("districtCode"));
        post(gateway(), "/api/v1/reports", report("VISIT")).then().statusCode(422);
    }

    private static String report(String channel) {
        return """
                {"childId":"%s","districtCode":"11350","dongCode":"1135056000","channel":"%s","urgency":"URGENT",
                 "suspectedTypes":["PHYSICAL"],"reporter":{"name":"Synthetic Neighbour"},
                 "narrative":"heard crying"}""".formatted(EventIds.next(), channel);
    }
}
