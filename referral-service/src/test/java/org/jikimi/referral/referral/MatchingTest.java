package org.jikimi.referral.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jikimi.referral.World;
import org.jikimi.referral.agency.Agency;
import org.jikimi.referral.agency.AgencyKind;
import org.jikimi.referral.agency.AgencyState;
import org.junit.jupiter.api.Test;

/** Which agency is offered a referral, and why. */
class MatchingTest {
    private static final String SERVICE = "LIVELIHOOD_SUPPORT";
    private static final UUID FIRST = World.agencyId(AgencyKind.WELFARE_CENTRE, 1);
    private static final UUID SECOND = World.agencyId(AgencyKind.WELFARE_CENTRE, 2);

    @Test
    void theAgencyWithTheLeastWorkloadIsChosen() {
        var match = match(candidate(FIRST, 10, 6), candidate(SECOND, 4, 2));

        assertThat(match.chosen().map(Agency::id)).contains(SECOND);
        assertThat(match.judgements()).extracting(Judgement::rank).containsExactly(1, 2);
    }

    @Test
    void equalWorkloadsAreDecidedByTheId() {
        assertThat(match(candidate(SECOND, 4, 2), candidate(FIRST, 2, 1))
                        .chosen()
                        .map(Agency::id))
                .contains(FIRST);
    }

    @Test
    void anAgencyWithoutTheServiceIsNotChosen() {
        assertFails(
                Criterion.SERVICE,
                new Candidate(agency(FIRST, AgencyState.OPEN, Set.of(World.DISTRICT), Map.of("OTHER", 5)), 0));
    }

    @Test
    void anAgencyThatDoesNotServeTheDistrictIsNotChosen() {
        assertFails(
                Criterion.CATCHMENT,
                new Candidate(agency(FIRST, AgencyState.OPEN, Set.of(World.ELSEWHERE), Map.of(SERVICE, 5)), 0));
    }

    @Test
    void anAgencyThatIsNotOpenIsNotChosen() {
        for (var state : List.of(AgencyState.PLANNED, AgencyState.RENOVATING, AgencyState.CLOSED)) {
            assertFails(
                    Criterion.OPEN, new Candidate(agency(FIRST, state, Set.of(World.DISTRICT), Map.of(SERVICE, 5)), 0));
        }
    }

    @Test
    void anAccusedAgencyIsNotChosenHoweverFreeItIs() {
        var match =
                Matching.of(ask(), Set.of(FIRST), Set.of(), List.of(candidate(FIRST, 100, 0), candidate(SECOND, 2, 1)));

        assertThat(match.chosen().map(Agency::id)).contains(SECOND);
        assertThat(match.judgements().getLast().failed()).containsExactly(Criterion.NOT_EXCLUDED);
    }

    @Test
    void anAgencyIsNotAskedTwice() {
        var match = Matching.of(ask(), Set.of(), Set.of(FIRST), List.of(candidate(FIRST, 5, 0)));

        assertThat(match.chosen()).isEmpty();
        assertThat(match.judgements().getFirst().failed()).containsExactly(Criterion.NOT_ASKED_BEFORE);
    }

    @Test
    void anAgencyWithoutAFreePlaceIsNotChosen() {
        assertFails(Criterion.FREE_CAPACITY, candidate(FIRST, 3, 3));
        assertFails(Criterion.FREE_CAPACITY, candidate(FIRST, 3, 4));
        assertFails(Criterion.FREE_CAPACITY, candidate(FIRST, 0, 0));
    }

    @Test
    void everyFailedCriterionIsNamedWithThePlaces() {
        var closedAndFull =
                new Candidate(agency(FIRST, AgencyState.CLOSED, Set.of(World.ELSEWHERE), Map.of(SERVICE, 1)), 1);

        assertThat(match(closedAndFull).judgements())
                .containsExactly(new Judgement(
                        FIRST, 0, List.of(Criterion.CATCHMENT, Criterion.OPEN, Criterion.FREE_CAPACITY), 1, 1));
    }

    @Test
    void nobodyIsChosenOfNobody() {
        assertThat(match().chosen()).isEmpty();
    }

    private static void assertFails(Criterion criterion, Candidate candidate) {
        var match = match(candidate);
        assertThat(match.chosen()).isEmpty();
        assertThat(match.judgements().getFirst().failed()).contains(criterion);
    }

    private static Matching match(Candidate... candidates) {
        return Matching.of(ask(), Set.of(), Set.of(), List.of(candidates));
    }

    private static Candidate candidate(UUID id, int places, int taken) {
        return new Candidate(agency(id, AgencyState.OPEN, Set.of(World.DISTRICT), Map.of(SERVICE, places)), taken);
    }

    private static Agency agency(UUID id, AgencyState state, Set<String> catchment, Map<String, Integer> places) {
        return new Agency(
                id, 1, AgencyKind.WELFARE_CENTRE, "Synthetic", World.DISTRICT, catchment, state, places, Instant.EPOCH);
    }

    private static Ask ask() {
        return new Ask(
                new UUID(1, 1),
                World.DISTRICT,
                null,
                SERVICE,
                null,
                Urgency.ORDINARY,
                Basis.CONSENT,
                null,
                null,
                null,
                null,
                new UUID(2, 2),
                Instant.EPOCH);
    }
}
