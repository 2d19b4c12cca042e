package org.jikimi.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jikimi.contracts.EventType;
import org.jikimi.contracts.EventTypes;
import org.jikimi.notification.alert.AlertKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of who is alerted, held against the contracts. */
class AlertRulesTest {
    private static final Instant AT = Instant.parse("2026-11-02T00:00:00Z");

    static Stream<EventType> heard() {
        return EventTypes.all().stream().filter(type -> !type.producer().equals("notification"));
    }

    @ParameterizedTest
    @MethodSource("heard")
    void everyEventOfTheContractsHasADecision(EventType type) {
        boolean alerts = AlertRules.ALL.stream().anyMatch(rule -> rule.event().equals(type.dataClass()));
        boolean silent = AlertRules.SILENT.containsKey(type.dataClass());

        assertThat(alerts ^ silent)
                .as("%s has a rule or a reason to be silent, and not both", type.topic())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("heard")
    void everyEventOfTheContractsIsUnderstood(EventType type) {
        assertThat(EventFacts.of(Goldens.record(type)).subject().id()).isNotNull();
    }

    @Test
    void noTwoRulesShareAName() {
        var names = AlertRules.ALL.stream().map(AlertRule::name).toList();

        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
    }

    @Test
    void everyKindOfAlertIsAskedForBySomeRule() {
        assertThat(AlertRules.ALL.stream().map(AlertRule::kind).distinct())
                .containsExactlyInAnyOrder(AlertKind.values());
    }

    @Test
    void anUrgentFlagCallsTheOfficerWithinTwoHours() {
        assertThat(told("ChildFlagged", Map.of("urgent", true))).containsExactly("dong-officer");
        assertThat(decide("ChildFlagged", Map.of("urgent", true)).getFirst().actBy())
                .isEqualTo(AT.plus(Duration.ofHours(2)));
    }

    @Test
    void anOrdinaryFlagAlertsNobodyByItselfForItsVisitDoes() {
        assertThat(told("ChildFlagged", Map.of("urgent", false))).isEmpty();
        assertThat(told("VisitPlanned", Map.of("urgent", false, "kind", "DONG_OFFICER")))
                .containsExactly("dong-officer");
    }

    @Test
    void aChildWhoBringsOpenWorkIntoADistrictCallsItsOfficer() {
        assertThat(told("ChildMoved", Map.of("openWork", true))).containsExactly("dong-officer");
        assertThat(told("ChildMoved", Map.of("openWork", false))).isEmpty();
        assertThat(told("ChildMoved", Map.of("openWork", true, "fromDistrictCode", "11350", "districtCode", "11350")))
                .isEmpty();
        assertThat(EventFacts.of(Goldens.record("ChildMoved", Map.of("districtCode", "11680")))
                        .districtCode())
                .isEqualTo("11680");
    }

    @Test
    void theSupervisorHearsOfADeathAndOfEmigrationWhereSomebodyWorksForTheChild() {
        var died = decide("ChildStatusChanged", Map.of("state", "DECEASED", "openWork", true));
        assertThat(died).extracting(AlertRule.Decision::kind).containsExactly(AlertKind.CHILD_DECEASED);
        assertThat(died.getFirst().actBy()).isEqualTo(AT.plus(Duration.ofDays(1)));
        assertThat(told("ChildStatusChanged", Map.of("state", "DECEASED", "openWork", true)))
                .containsExactly("supervisor");
        assertThat(told("ChildStatusChanged", Map.of("state", "EMIGRATED", "openWork", true)))
                .containsExactly("supervisor");
        assertThat(told("ChildStatusChanged", Map.of("state", "DECEASED", "openWork", false)))
                .isEmpty();
        assertThat(told("ChildStatusChanged", Map.of("state", "RESIDENT", "openWork", true)))
                .isEmpty();
    }

    @Test
    void aVisitThatWasClosedBecauseTheChildDiedAlertsNobodyAgain() {
        assertThat(told("VisitCompleted", Map.of("outcome", "DECEASED", "state", "COMPLETED")))
                .containsExactly("supervisor");
        assertThat(told("VisitCompleted", Map.of("outcome", "DECEASED", "state", "CLOSED")))
                .isEmpty();
        assertThat(told("VisitCompleted", Map.of("outcome", "DECEASED", "state", "COMPLETED", "notVisited", true)))
                .as("where siblings were visited")
                .isEmpty();
    }

    @Test
    void aSignalOnOpenWorkCallsTheOfficerAndAnUrgentOneWithinTwoHours() {
        assertThat(told("ChildSignalRaised", Map.of("urgent", false))).containsExactly("dong-officer");
        assertThat(decide("ChildSignalRaised", Map.of("urgent", true))
                        .getFirst()
                        .actBy())
                .isEqualTo(AT.plus(Duration.ofHours(2)));
    }

    @Test
    void aVisitWithPoliceCallsBoth() {
        assertThat(told("VisitPlanned", Map.of("kind", "JOINT_WITH_POLICE")))
                .containsExactlyInAnyOrder("dong-officer", "police");
    }

    @Test
    void aPlannedVisitIsDueAtTheEndOfItsLastDayInSeoul() {
        assertThat(decide("VisitPlanned", Map.of("kind", "DONG_OFFICER", "dueOn", "2026-11-10"))
                        .getFirst()
                        .actBy())
                .isEqualTo(Instant.parse("2026-11-10T15:00:00Z"));
    }

    @Test
    void aChildWhoIsSafeAlertsNobody() {
        assertThat(told("VisitCompleted", Map.of("outcome", "SAFE"))).isEmpty();
        assertThat(told("VisitCompleted", Map.of("outcome", "REFUSED"))).containsExactly("supervisor");
        assertThat(told("VisitCompleted", Map.of("outcome", "DECEASED"))).containsExactly("supervisor");
    }

    @Test
    void aChildWhoMovedUnseenCallsTheSupervisorUnlessItIsVisitedElsewhere() {
        assertThat(told("VisitCompleted", Map.of("outcome", "MOVED", "seen", false, "state", "COMPLETED")))
                .containsExactly("supervisor");
        assertThat(told("VisitCompleted", Map.of("outcome", "MOVED", "seen", false, "state", "CLOSED")))
                .isEmpty();
    }

    @Test
    void aSecondRefusalCallsForAVisitWithThePolice() {
        assertThat(told("VisitAttempted", Map.of("result", "REFUSED", "refusals", 1)))
                .isEmpty();
        assertThat(told("VisitAttempted", Map.of("result", "REFUSED", "refusals", 2)))
                .containsExactlyInAnyOrder("dong-officer", "police");
    }

    @Test
    void aReportCallsTheInvestigatorAndByUrgencyThePolice() {
        assertThat(told("AbuseReported", Map.of("urgency", "EMERGENCY")))
                .containsExactlyInAnyOrder("abuse-investigator", "police");
        assertThat(told("AbuseReported", Map.of("urgency", "URGENT")))
                .containsExactlyInAnyOrder("abuse-investigator", "police");
        assertThat(told("AbuseReported", Map.of("urgency", "ORDINARY"))).containsExactly("abuse-investigator");
    }

    @Test
    void aChildWhoCannotBeFoundCallsThePolice() {
        assertThat(told("ChildUnlocated", Map.of("state", "OPEN"))).containsExactly("police");
        assertThat(told("ChildUnlocated", Map.of("state", "LOCATED"))).isEmpty();
    }

    @Test
    void whoWasNotAtTheDoorIsToldOfTheInvestigation() {
        assertThat(told("InvestigationStarted", Map.of("attendance", "LOCAL_GOVERNMENT_ALONE")))
                .containsExactly("police");
        assertThat(told("InvestigationStarted", Map.of("attendance", "POLICE_ALONE")))
                .containsExactly("abuse-investigator");
        assertThat(told("InvestigationStarted", Map.of("attendance", "JOINT"))).isEmpty();
    }

    @Test
    void aClockCallsItsOwnerAndOnceBreachedTheSupervisor() {
        assertThat(told("DeadlineApproaching", Map.of("ownerRole", "abuse-investigator")))
                .containsExactly("abuse-investigator");
        assertThat(told("DeadlineBreached", Map.of("ownerRole", "abuse-investigator")))
                .containsExactly("supervisor");
    }

    @Test
    void anOfferGoesToTheAgencyThatTakesSuchReferrals() {
        var caseId = "0197e5a0-0000-7000-8000-000000000001";

        assertThat(told("ReferralOffered", Map.of("agencyKind", "CPA"))).containsExactly("case-manager");
        assertThat(told("ReferralOffered", Map.of("agencyKind", "SHELTER"))).containsExactly("shelter-staff");
        assertThat(told("ReferralOffered", Map.of("agencyKind", "COACHING_PROVIDER")))
                .containsExactly("coaching-provider");
        assertThat(told("ReferralOffered", withoutKind(Map.of("caseId", caseId))))
                .containsExactly("case-manager");
        assertThat(told(
                        "ReferralOffered",
                        withoutKind(Goldens.with("caseId", null, "serviceCode", "PARENTING_COACHING"))))
                .containsExactly("coaching-provider");
        assertThat(told("ReferralOffered", withoutKind(Goldens.with("caseId", null, "serviceCode", "FOOD"))))
                .containsExactly("welfare-provider");
    }

    @Test
    void aReservedPlaceCallsTheShelterAndSplitSiblingsTheSupervisor() {
        assertThat(told("PlacementReserved", Map.of("siblingsTogether", true))).containsExactly("shelter-staff");
        assertThat(told("PlacementReserved", Map.of("siblingsTogether", false)))
                .containsExactlyInAnyOrder("shelter-staff", "supervisor");
    }

    /** As an older service says it. */
    private static Map<String, Object> withoutKind(Map<String, Object> changes) {
        var all = new HashMap<>(changes);
        all.put("agencyKind", null);
        return all;
    }

    private static List<String> told(String topic, Map<String, Object> changes) {
        return decide(topic, changes).stream()
                .map(decision -> decision.role().code())
                .toList();
    }

    private static List<AlertRule.Decision> decide(String topic, Map<String, Object> changes) {
        return AlertRules.decide(Goldens.record(topic, changes), AT);
    }
}
