package org.jikimi.screening.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.time.Seoul;
import org.jikimi.screening.reference.Indicator;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.rights.RightsRequest.Decision;
import org.jikimi.screening.rights.RightsRequest.Outcome;
import org.jikimi.screening.rights.RightsRequest.Step;
import org.junit.jupiter.api.Test;

class RightsRequestTest {
    private static final LocalDate RECEIVED = LocalDate.of(2026, 10, 1);

    @Test
    void accessAndCorrectionAreDueInTenDaysAndAnObjectionInThirty() {
        assertThat(RightsKind.ACCESS.dueOn(RECEIVED)).isEqualTo(LocalDate.of(2026, 10, 11));
        assertThat(RightsKind.CORRECTION.dueOn(RECEIVED)).isEqualTo(LocalDate.of(2026, 10, 11));
        assertThat(RightsKind.OBJECTION.dueOn(RECEIVED)).isEqualTo(LocalDate.of(2026, 10, 31));
    }

    @Test
    void accessIsPutOffOnceAnObjectionTwiceAndACorrectionNever() {
        var access = deferred(received(RightsKind.ACCESS));
        var objection = deferred(deferred(received(RightsKind.OBJECTION)));

        assertThat(access.dueOn()).isEqualTo(LocalDate.of(2026, 10, 21));
        assertThat(access.version()).isEqualTo(2);
        assertThat(defer(access)).isEqualTo(Step.Refused.NO_FURTHER_DEFERRAL);
        assertThat(objection.dueOn()).isEqualTo(LocalDate.of(2026, 11, 20));
        assertThat(defer(objection)).isEqualTo(Step.Refused.NO_FURTHER_DEFERRAL);
        assertThat(defer(received(RightsKind.CORRECTION))).isEqualTo(Step.Refused.NO_FURTHER_DEFERRAL);
    }

    @Test
    void aDeferralLastsThirtyDaysAtMostAndIsToldWithinThePeriod() {
        var request = received(RightsKind.ACCESS);
        var due = request.dueOn();

        assertThat(request.defer("R", due, RECEIVED)).isEqualTo(Step.Refused.DAY_OUT_OF_RANGE);
        assertThat(request.defer("R", due.plusDays(31), RECEIVED)).isEqualTo(Step.Refused.DAY_OUT_OF_RANGE);
        assertThat(request.defer("R", LocalDate.MAX, RECEIVED)).isEqualTo(Step.Refused.DAY_OUT_OF_RANGE);
        assertThat(request.defer("R", due.plusDays(30), due)).isInstanceOf(Step.Taken.class);
        assertThat(request.defer("R", due.plusDays(30), due.plusDays(1))).isEqualTo(Step.Refused.TOO_LATE);
    }

    @Test
    void whoRegisteredARequestDoesNotDecideIt() {
        var request = received(RightsKind.ACCESS);

        assertThat(request.decide(decision("officer"))).isEqualTo(Step.Refused.SECOND_PERSON);
        assertThat(request.decide(decision("supervisor"))).isInstanceOf(Step.Taken.class);
    }

    @Test
    void aDecisionAfterTheLastDayInSeoulIsOverdueWhateverTheClockHasNoted() {
        var request = received(RightsKind.ACCESS);
        var midnight = request.dueOn().plusDays(1).atStartOfDay(Seoul.ZONE).toInstant();

        assertThat(taken(request.decide(decision("supervisor", midnight.minusSeconds(1))))
                        .overdue())
                .isFalse();
        assertThat(taken(request.decide(decision("supervisor", midnight))).overdue())
                .isTrue();
    }

    @Test
    void whatIsDecidedStays() {
        var decided = taken(received(RightsKind.ACCESS).decide(decision("supervisor")));

        assertThat(decided.decide(decision("supervisor"))).isEqualTo(Step.Refused.DECIDED);
        assertThat(defer(decided)).isEqualTo(Step.Refused.DECIDED);
    }

    @Test
    void aRepresentativeIsNeverToldWhereTheChildIsNorWhatShowsAReport() {
        assertThat(Part.neverTo(Requester.REPRESENTATIVE))
                .contains(
                        Part.WHEREABOUTS,
                        Part.CIRCUMSTANCES,
                        Part.SIGNALS_OF_HOUSEHOLD,
                        Part.SIGNALS_OF_CARERS,
                        Part.SIGNALS_OF_CONCERN,
                        Part.SIGNALS_OF_OTHERS,
                        Part.URGENT_SELECTIONS,
                        Part.PROTECTION,
                        Part.READERS_OF_OTHER_OFFICES,
                        Part.READERS_WHO_PROTECT);
        assertThat(EnumSet.complementOf(EnumSet.copyOf(Part.neverTo(Requester.REPRESENTATIVE))))
                .containsExactly(Part.IDENTITY, Part.SIGNALS, Part.SELECTIONS, Part.READERS);
    }

    @Test
    void aChildIsToldMoreButNotWhatShowsAReportOrIsAboutOthers() {
        assertThat(Part.neverTo(Requester.CHILD))
                .containsExactlyInAnyOrder(
                        Part.SIGNALS_OF_CONCERN, Part.SIGNALS_OF_OTHERS, Part.PROTECTION, Part.READERS_WHO_PROTECT);
    }

    @Test
    void whatWasObservedOfAHouseholdIsNeverOfAPartThatARepresentativeIsTold() {
        assertThat(Indicators.all().stream().filter(Indicator::ofHousehold).map(Parts::of))
                .isNotEmpty()
                .allMatch(Part.neverTo(Requester.REPRESENTATIVE)::contains);
        assertThat(Parts.of(Indicators.of("SINGLE_PARENT").orElseThrow())).isEqualTo(Part.SIGNALS_OF_HOUSEHOLD);
    }

    @Test
    void whoeverIsNotToldWhatWasObservedOfAChildIsNotToldWhatWasOfItsHousehold() {
        assertThat(Part.hidden(Requester.CHILD, Set.of(Part.SIGNALS))).contains(Part.SIGNALS_OF_HOUSEHOLD);
        assertThat(Part.hidden(Requester.CHILD, Set.of(Part.READERS)))
                .contains(Part.READERS)
                .doesNotContain(Part.SIGNALS_OF_HOUSEHOLD);
    }

    @Test
    void thatAChildWasInAFacilityIsToldAsItsCareIs() {
        assertThat(Parts.of(Indicators.of("CHILD_FACILITY_DISCHARGE").orElseThrow()))
                .isEqualTo(Part.CIRCUMSTANCES);
    }

    private static RightsRequest received(RightsKind kind) {
        return new RightsRequest(
                UUID.randomUUID(),
                1,
                UUID.randomUUID(),
                kind,
                Requester.REPRESENTATIVE,
                "ID_DOCUMENT",
                "MANDATE",
                RECEIVED,
                kind.dueOn(RECEIVED),
                0,
                null,
                false,
                "officer",
                Instant.EPOCH,
                null);
    }

    private static Decision decision(String by) {
        return decision(by, Instant.EPOCH);
    }

    private static Decision decision(String by, Instant at) {
        return new Decision(Outcome.GRANTED, null, Set.of(), false, List.of(), Followed.NOTHING, by, at);
    }

    private static Step defer(RightsRequest request) {
        return request.defer("RECORDS_ARE_SOUGHT", request.dueOn().plusDays(10), RECEIVED);
    }

    private static RightsRequest deferred(RightsRequest request) {
        return taken(defer(request));
    }

    private static RightsRequest taken(Step step) {
        return ((Step.Taken) step).request();
    }
}
