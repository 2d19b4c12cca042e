package org.jikimi.referral;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.referral.erasure.EraseChild;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody still has the id of a child who was erased, and asks for something for it. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class ErasedChildApiTest {
    private static final String DISTRICT = "11740";
    private static final String KEPT = """
            SELECT (SELECT count(*) FROM referral WHERE child_id = ANY (:ids))
                 + (SELECT count(*) FROM placement WHERE child_id = ANY (:ids))
                 + (SELECT count(*) FROM exclusion WHERE child_id = ANY (:ids))""";

    @Inject
    EraseChild erase;

    @Inject
    Transactions transactions;

    private final UUID child = UUID.randomUUID();
    private final UUID alias = UUID.randomUUID();
    private final UUID sibling = UUID.randomUUID();

    @BeforeEach
    void theChildIsErased() throws SQLException {
        transactions.run(tx -> erase.erase(tx, child, List.of(alias)));
    }

    @Test
    void noServiceIsAskedForNorAnAgencyExcludedForTheChildOrItsAlias() throws SQLException {
        for (var id : List.of(child, alias)) {
            post("referrals", """
                    {"childId":"%s","districtCode":"%s","serviceCode":"LIVELIHOOD_SUPPORT","basis":"CONSENT",
                     "excludedAgencyIds":["%s"]}""".formatted(id, DISTRICT, UUID.randomUUID()))
                    .statusCode(409)
                    .body("type", endsWith(":child-erased"));
        }

        assertThat(kept()).isZero();
    }

    @Test
    void noBedIsHeldForTheChildNorForItAsASibling() throws SQLException {
        post("placements", "{\"childId\":\"%s\",\"districtCode\":\"%s\"}".formatted(child, DISTRICT))
                .statusCode(409)
                .body("type", endsWith(":child-erased"));
        post("placements", """
                {"childId":"%s","districtCode":"%s","siblingIds":["%s"]}""".formatted(sibling, DISTRICT, child))
                .statusCode(409)
                .body("type", endsWith(":child-erased"));

        assertThat(kept()).isZero();
    }

    private long kept() throws SQLException {
        return transactions.run(tx -> Sql.on(tx)
                .createQuery(KEPT)
                .bindArray("ids", UUID.class, child, alias, sibling)
                .mapTo(Long.class)
                .one());
    }

    private static ValidatableResponse post(String path, String body) {
        return given().auth()
                .preemptive()
                .oauth2(TestTokens.of("investigator", "abuse-investigator")
                        .districts(DISTRICT)
                        .token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/" + path)
                .then();
    }
}
