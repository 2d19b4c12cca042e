package org.jikimi.systemtests.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.systemtests.running.Problems.assertProblem;

import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jikimi.city.District;
import org.jikimi.city.story.KeycloakTokens;
import org.jikimi.local.Stack;
import org.jikimi.systemtests.Family;
import org.jikimi.systemtests.Rest;
import org.jikimi.testkit.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is let in, by the tokens of a real Keycloak. */
@ExtendWith(RunningPlatform.class)
class WhoMayTest {
    private final Stack stack;
    private final Rest rest;

    WhoMayTest(Stack stack) {
        this.stack = stack;
        this.rest = new Rest(stack);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsLetInWithoutAToken(Rest.Service service) {
        assertProblem(rest.anonymous().get(service, listOf(service)), 401, "unauthenticated");
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsLetInWithAForgedToken(Rest.Service service) {
        var forged =
                TestTokens.of("supervisor-1", "supervisor").signedByAnother().token();

        assertProblem(rest.anonymous().bearer(forged).get(service, listOf(service)), 401, "unauthenticated");
        assertProblem(rest.anonymous().bearer("no.token.at-all").get(service, listOf(service)), 401, "unauthenticated");
    }

    @ParameterizedTest
    @EnumSource
    void aTokenForAnotherAudienceLetsNobodyIn(Rest.Service service) throws Exception {
        var foreign = new KeycloakTokens(stack.keycloak(), stack.sampleUsersPassword(), "admin-cli");

        var answer = rest.anonymous().bearer(foreign.token("supervisor-1")).get(service, listOf(service));

        assertProblem(answer, 401, "unauthenticated");
    }

    @ParameterizedTest
    @EnumSource
    void aTokenLetsNobodyInOnceItHasExpired(Rest.Service service) throws IOException, InterruptedException {
        var shortLived =
                new KeycloakTokens(stack.keycloak(), stack.sampleUsersPassword(), RunningPlatform.SHORT_LIVED_CLIENT);
        var token = shortLived.token("supervisor-1");
        assertThat(rest.anonymous().bearer(token).get(service, listOf(service)).status())
                .isEqualTo(200);

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> rest.anonymous()
                                .bearer(token)
                                .get(service, listOf(service))
                                .status()
                        != 200);

        assertProblem(rest.anonymous().bearer(token).get(service, listOf(service)), 401, "unauthenticated");
    }

    @ParameterizedTest
    @EnumSource
    void aRoleThatHasNothingToDoThereIsRefused(Rest.Service service) {
        assertProblem(rest.as("agency-power-utility").get(service, listOf(service)), 403, "forbidden");
    }

    @Test
    void anOfficerMayNotSendWhatAgenciesSend() {
        var answer = rest.as("officer-11350")
                .post(Rest.Service.SCREENING, "child-batches", "application/x-ndjson", new byte[0]);

        assertProblem(answer, 403, "forbidden");
    }

    @Test
    void anOfficerOfAnotherDistrictSeesAndChangesNothing() {
        var family = Family.next();
        family.register(rest);
        var visit = family.visitAfterUrgentSignal(rest);
        var path = "visits/" + visit.path("id").asText();
        var stranger = "officer-" + otherThan(family.district());

        assertProblem(rest.as(stranger).get(Rest.Service.CASES, path), 403, "other-district");
        assertProblem(
                rest.as(stranger)
                        .header("If-Match", "\"1\"")
                        .post(Rest.Service.CASES, path + "/attempts", "{\"result\":\"NO_ANSWER\"}"),
                403,
                "other-district");
        assertThat(rest.as(stranger)
                        .get(Rest.Service.CASES, "visits?districtCode=" + family.district())
                        .body()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void anOfficerOfAnotherDistrictDoesNotSeeAChild() {
        var family = Family.next();
        family.register(rest);
        var child = family.visitAfterUrgentSignal(rest)
                .path("children")
                .path(0)
                .path("childId")
                .asText();
        var stranger = "officer-" + otherThan(family.district());

        assertProblem(rest.as(stranger).get(Rest.Service.SCREENING, "children/" + child), 403, "other-district");
    }

    private static String otherThan(String district) {
        return District.all().stream()
                .map(District::code)
                .filter(code -> !code.equals(district))
                .findFirst()
                .orElseThrow();
    }

    /** A list that supervisors see and data agencies do not. */
    private static String listOf(Rest.Service service) {
        return switch (service) {
            case SCREENING -> "models";
            case CASES -> "visits";
            case REFERRAL -> "referrals";
            case NOTIFICATION -> "alerts";
        };
    }
}
