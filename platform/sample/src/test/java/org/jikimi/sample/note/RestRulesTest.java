package org.jikimi.sample.note;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
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
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class RestRulesTest {
    @Inject
    @DataSource("owner")
    javax.sql.DataSource owner;

    @BeforeEach
    void anEmptyTableOfNotes() throws SQLException {
        NoteTable.empty(owner);
    }

    // Who calls

    @Test
    void aRequestWithoutTokenIsRefused() {
        isProblem(given().get(NOTES), 401, "unauthenticated").header("WWW-Authenticate", "Bearer");
    }

    @Test
    void anExpiredTokenIsRefused() {
        isProblem(as(WRITER.expired()).get(NOTES), 401, "unauthenticated");
    }

    @Test
    void aTokenOfAForeignKeyIsRefused() {
        isProblem(as(WRITER.signedByAnother()).get(NOTES), 401, "unauthenticated");
    }

    @Test
    void aTokenForAnotherAudienceIsRefused() {
        isProblem(as(WRITER.audience("elsewhere")).get(NOTES), 401, "unauthenticated");
    }

    @Test
    void aTokenThatIsNoTokenIsRefused() {
        isProblem(given().header("Authorization", "Bearer x.y.z").get(NOTES), 401, "unauthenticated");
    }

    @Test
    void aTokenWithAMalformedClaimIsRefused() {
        isProblem(as(WRITER.agencyClaim("agency seven")).get(NOTES), 401, "unauthenticated");
    }

    @Test
    void aCallerOfAnotherRoleIsRefused() {
        isProblem(as(TestTokens.of("analyst", "analyst")).get(NOTES), 403, "forbidden");
    }

    @Test
    void aCallerOfAnotherDistrictIsRefusedAndNothingIsKept() throws SQLException {
        isProblem(
                as(TestTokens.of("elsewhere", "writer").districts("11680"))
                        .contentType(ContentType.JSON)
                        .header("Idempotency-Key", "k")
                        .body("{\"text\":\"a\",\"stars\":1}")
                        .post(NOTES),
                403,
                "other-district");
        assertThat(NoteTable.rows(owner)).isZero();
    }

    // Versions

    @Test
    void changingNeedsTheVersionThatWasRead() {
        var path = add("a").header("Location");
        isProblem(writing("{\"text\":\"b\",\"stars\":1}").put(path(path)), 428, "missing-version");
    }

    @Test
    void changingAStaleVersionIsRefused() {
        var path = path(add("a").header("Location"));
        change(path, "\"1\"").then().statusCode(200).header("ETag", "\"2\"");
        isProblem(change(path, "\"1\""), 412, "stale-version").body("currentVersion", equalTo(2));
    }

    @Test
    void aRepeatedChangeIsAnsweredBeforeItsVersionIsLookedAt() {
        var path = path(add("a").header("Location"));
        var key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            writing("{\"text\":\"b\",\"stars\":1}")
                    .header("If-Match", "\"1\"")
                    .header("Idempotency-Key", key)
                    .put(path)
                    .then()
                    .statusCode(200)
                    .header("ETag", "\"2\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "*", "W/\"1\"", "\"x\"", "\"1\", \"2\"", "\"99999999999999999999\"", "\"-1\""})
    void aMalformedVersionIsRefused(String version) {
        isProblem(change(path(add("a").header("Location")), version), 400, "invalid-if-match");
    }

    private static Response change(String path, String version) {
        return writing("{\"text\":\"b\",\"stars\":1}")
                .header("If-Match", version)
                .put(path);
    }

    // Addresses

    @Test
    void anUnknownPathIsNotFound() {
        isProblem(as(WRITER).get("/api/v1/nothing/here"), 404, "not-found");
    }

    @Test
    void anUnknownThingIsNotFound() {
        isProblem(as(WRITER).get(NOTES + "/" + UUID.randomUUID()), 404, "not-found");
    }

    @Test
    void anIdThatIsNoIdIsRefusedByItsName() {
        isProblem(as(WRITER).get(NOTES + "/seven"), 400, "invalid-parameter").body("parameter", equalTo("id"));
    }

    @Test
    void aMethodThatIsNotTakenIsRefused() {
        isProblem(as(WRITER).delete(NOTES), 405, "method-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "501"})
    void aLimitOutOfRangeIsRefused(String limit) {
        isProblem(as(WRITER).queryParam("limit", limit).get(NOTES), 400, "invalid-limit");
    }

    @Test
    void aLimitThatIsNoNumberIsRefusedByItsName() {
        isProblem(as(WRITER).queryParam("limit", "many").get(NOTES), 400, "invalid-parameter")
                .body("parameter", equalTo("limit"));
    }

    // Lists

    @Test
    void pagesFollowEachOtherToTheEnd() {
        IntStream.range(0, 5).forEach(i -> add("n" + i).then().statusCode(201));
        var ids = new HashSet<String>();
        String next = null;
        do {
            var request = as(WRITER).queryParam("limit", 2);
            var page = (next == null ? request : request.queryParam("cursor", next)).get(NOTES);
            page.then().statusCode(200);
            List<String> read = page.path("items.id");
            assertThat(read).hasSizeLessThanOrEqualTo(2);
            ids.addAll(read);
            next = page.path("next");
        } while (next != null);
        assertThat(ids).hasSize(5);
    }

    @Test
    void aCursorIsGoodForItsCallerAndFilterAlone() {
        IntStream.range(0, 3).forEach(i -> add("n" + i).then().statusCode(201));
        String cursor = as(WRITER).queryParam("limit", 2).get(NOTES).path("next");
        isProblem(
                as(TestTokens.of("other", "reader"))
                        .queryParam("cursor", cursor)
                        .get(NOTES),
                400,
                "invalid-cursor");
        isProblem(as(WRITER).queryParam("cursor", cursor).queryParam("stars", 3).get(NOTES), 400, "invalid-cursor");
        isProblem(as(WRITER).queryParam("cursor", "A" + cursor).get(NOTES), 400, "invalid-cursor");
        isProblem(as(WRITER).queryParam("cursor", "%%%").get(NOTES), 400, "invalid-cursor");
    }

    // How refusals read

    @Test
    void aProblemIsTitledInTheLanguageOfTheCaller() {
        given().header("Accept-Language", "ko-KR,en;q=0.5")
                .get(NOTES)
                .then()
                .header("Content-Language", "ko")
                .body("title", equalTo(Problems.UNAUTHENTICATED.titleKo()));
        given().header("Accept-Language", ";;q=x")
                .get(NOTES)
                .then()
                .statusCode(401)
                .body("title", equalTo(Problems.UNAUTHENTICATED.title()));
    }

    @Test
    void aBugIsAnsweredWithAnIncidentAndWithoutDetails() {
        isProblem(as(TestTokens.of("reader", "reader")).get(NOTES + "/broken"), 500, "unexpected")
                .body("incident", notNullValue())
                .body(not(containsString("secret")));
    }

    @Test
    void aDatabaseThatGoesAwayUnderAStreamIsToldAsUnavailable() {
        isProblem(as(TestTokens.of("reader", "reader")).get(NOTES + "/streamed"), 503, "unavailable")
                .body(not(containsString("note 7")));
    }

    @Test
    void tooManyRequestsOfOneCallerAreRefusedButUrgentOnesNever() {
        var hasty = as(TestTokens.of("hasty", "hasty"));
        Response last;
        int sent = 0;
        do {
            last = hasty.get(NOTES + "/hasty");
        } while (last.statusCode() == 204 && ++sent < 5_000);
        isProblem(last, 429, "too-many-requests").header("Retry-After", notNullValue());
        as(TestTokens.of("hasty", "hasty"))
                .contentType(ContentType.JSON)
                .post(NOTES + "/urgent")
                .then()
                .statusCode(204);
        as(WRITER).get(NOTES).then().statusCode(200);
    }

    @Test
    void whereUrgentAndOtherRequestsComeTogetherOnlyTheOthersAreCounted() {
        var mixed = TestTokens.of("mixed", "hasty");
        Response last;
        int sent = 0;
        do {
            last = mixed(mixed, 1);
        } while (last.statusCode() == 204 && ++sent < 5_000);

        isProblem(last, 429, "too-many-requests").header("Retry-After", notNullValue());
        mixed(mixed, 5).then().statusCode(204);
    }

    private static Response mixed(Bearer who, int stars) {
        return as(who).contentType(ContentType.JSON)
                .body("{\"text\":\"a\",\"stars\":" + stars + "}")
                .post(NOTES + "/mixed");
    }
}
