package org.jikimi.referral.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.referral.World;
import org.jikimi.referral.agency.AgencyKind;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events as Kafka gives them, and the referrals and places that come of them. */
class ReferralIntakeTest {
    private static final String CORRELATION = "0197e5a0-0000-7000-8000-00000000c0de";
    private static final UUID CHILD = uuid(8);
    private static final UUID CASE = uuid(9);

    private World world;
    private UUID cpa1;
    private UUID cpa2;

    @BeforeEach
    void start() throws SQLException {
        world = new World();
        cpa1 = world.agency(AgencyKind.CPA, 1, "CASE_MANAGEMENT", 5);
        cpa2 = world.agency(AgencyKind.CPA, 2, "CASE_MANAGEMENT", 5);
        world.agency(AgencyKind.WELFARE_CENTRE, 1, "LIVELIHOOD_SUPPORT", 5);
        world.agency(AgencyKind.COACHING_PROVIDER, 1, "PARENTING_COACHING", 5);
        world.shelter(1, 7, World.DISTRICT);
    }

    @Test
    void everyExampleOfTheContractsIsTakenIn() throws SQLException {
        for (var topic : List.of("CaseOpened", "CaseStatusChanged", "CaseClosed")) {
            assertThat(handle(event(topic, Map.of()))).as(topic).isNotInstanceOf(Outcome.Rejected.class);
        }
        for (var topic : List.of("VisitCompleted", "AbuseReported", "AbuseDetermined", "ProtectiveMeasureTaken")) {
            assertThat(handle(event(topic, Map.of()))).as(topic).isEqualTo(Outcome.APPLIED);
        }
    }

    @Test
    void everyNeedThatMayBeMetIsReferredOnceAndADeclinedOneNever() throws SQLException {
        var visit = visit(List.of(
                need("LIVELIHOOD", "CONSENT"),
                need("HEALTH_SUPPORT", "DECLINED"),
                Map.of("code", "SOMETHING_NEW", "basis", "LEGAL_BASIS", "legalBasis", "CHILD_WELFARE_ACT_15_4")));

        handle(visit);
        handle(visit);

        assertThat(world.query("SELECT need_code || ' ' || service_code || ' ' || basis || ' ' || state FROM referral "
                        + "ORDER BY 1"))
                .containsExactly(
                        "LIVELIHOOD LIVELIHOOD_SUPPORT CONSENT OFFERED",
                        "SOMETHING_NEW GENERAL_CASE_WORK LEGAL_BASIS OFFERED");
        assertThat(world.query("SELECT DISTINCT correlation_id::text FROM referral"))
                .containsExactly(CORRELATION);
        assertThat(world.query("SELECT headers FROM outbox"))
                .isNotEmpty()
                .allMatch(headers -> headers.contains("ce_correlationid:" + CORRELATION));
    }

    @Test
    void aCaseGoesToAChildProtectionAgencyOnce() throws SQLException {
        var opened = opened(1);

        handle(opened);
        handle(opened);

        assertThat(world.query("SELECT case_id || ' ' || agency_kind || ' ' || basis || ' ' || urgency FROM referral"))
                .containsExactly(CASE + " CPA LEGAL_BASIS URGENT");
    }

    @Test
    void aGeneralCaseIsReferredToCoachingWithConsentAlone() throws SQLException {
        handle(determined("GENERAL_CASE", false, List.of()));
        handle(determined("UNFOUNDED", true, List.of()));
        handle(determined("ABUSE", true, List.of()));
        assertThat(world.query("SELECT count(*) FROM referral")).containsExactly("0");

        var consenting = determined("GENERAL_CASE", true, List.of());
        handle(consenting);
        handle(consenting);

        assertThat(world.query("SELECT service_code || ' ' || state FROM referral"))
                .containsExactly("PARENTING_COACHING OFFERED");
    }

    @Test
    void anAccusedAgencyNeverHasTheCaseWhicheverEventComesFirst() throws SQLException {
        var opened = opened(1);
        var reported = event("AbuseReported", ofChild(Map.of("excludedAgencyIds", List.of(cpa1.toString()))));

        handle(reported);
        handle(opened);
        var inOrder = holders();
        start();
        handle(opened);
        handle(reported);
        handle(reported);

        assertThat(holders()).isEqualTo(inOrder).containsExactly("OFFERED " + cpa2);
    }

    @Test
    void anAgencyThatIsAccusedAfterItAcceptedLosesTheCase() throws SQLException {
        handle(opened(1));
        accept();

        handle(determined("ABUSE", false, List.of(cpa1.toString())));

        assertThat(holders()).containsExactly("OFFERED " + cpa2);
        assertThat(world.query("SELECT convert_from(payload, 'UTF8')::json->>'reason' FROM outbox "
                        + "WHERE type = 'ReferralDeclined'"))
                .containsExactly("CONFLICT_OF_INTEREST");
    }

    @Test
    void aCaseThatIsClosedBeforeItIsKnownWaitsAndEndsAlike() throws SQLException {
        assertThat(handle(closed(5, "GOALS_REACHED"))).isEqualTo(new Outcome.Early("case-not-opened"));
        assertThat(handle(changed(4, "IN_SERVICE"))).isEqualTo(new Outcome.Early("case-not-opened"));

        handle(opened(1));
        handle(closed(5, "GOALS_REACHED"));

        assertThat(world.query("SELECT state FROM referral")).containsExactly("CANCELLED");
        assertThat(world.query("SELECT convert_from(payload, 'UTF8')::json->>'reason' FROM outbox "
                        + "WHERE type = 'ReferralCancelled'"))
                .containsExactly("CASE_CLOSED");
        assertThat(handle(changed(4, "IN_SERVICE"))).isEqualTo(Outcome.STALE);
    }

    @Test
    void closingAndStatusEndAlikeInEitherOrder() throws SQLException {
        handle(opened(1));
        accept();
        handle(changed(4, "IN_SERVICE"));
        handle(closed(6, "GOALS_REACHED"));
        var inOrder = outcomes();
        start();
        handle(opened(1));
        accept();
        handle(closed(6, "GOALS_REACHED"));
        handle(changed(4, "IN_SERVICE"));

        assertThat(outcomes()).isEqualTo(inOrder).containsExactly("COMPLETED GOALS_REACHED");
    }

    @Test
    void everyPairOfEventsOfAChildEndsAlikeInBothOrders() throws SQLException {
        world.shelter(2, 7, World.DISTRICT);
        var orders = new EitherOrder(world.database, """
                SELECT concat_ws(' ', child_id, service_code, state, agency_id, outcome,
                    CASE WHEN state NOT IN ('COMPLETED', 'CANCELLED') THEN district_code END) FROM referral
                UNION ALL SELECT concat_ws(' ', child_id, state, agency_id, district_code) FROM placement
                ORDER BY 1""");
        EitherOrder.Handler<ReceivedEvent> handler = (event, tx) -> {
            var outcome = world.intake.handle(event, tx);
            assertThat(outcome).as(event.topic()).isNotInstanceOf(Outcome.Rejected.class);
            return !(outcome instanceof Outcome.Early);
        };
        var events = List.of(
                visit(List.of(need("LIVELIHOOD", "CONSENT"))),
                event("AbuseReported", ofChild(Map.of("excludedAgencyIds", List.of(cpa1.toString())))),
                determined(
                        "ABUSE",
                        false,
                        List.of(World.agencyId(AgencyKind.SHELTER, 1).toString())),
                determined("GENERAL_CASE", true, List.of()),
                measure(uuid(20), CHILD),
                opened(1),
                opened(7),
                changed(4, "IN_SERVICE"),
                closed(6, "GOALS_REACHED"),
                moved(2, World.DISTRICT, World.ELSEWHERE),
                event(
                        "ChildIdentityMerged",
                        Map.of("childId", uuid(30).toString(), "mergedChildId", CHILD.toString())));
        for (var first : events) {
            for (var second : events.subList(0, events.indexOf(first))) {
                assertThat(orders.after(List.of(first, second), handler))
                        .as(first.topic() + " and " + second.topic())
                        .isEqualTo(orders.after(List.of(second, first), handler));
            }
        }
    }

    @Test
    void openReferralsAndPlacesFollowAChildWhoMovesAndKeepWhoHasThem() throws SQLException {
        handle(opened(1));
        handle(measure(uuid(20), CHILD));
        var holders = world.query("SELECT agency_id FROM referral UNION ALL SELECT agency_id FROM placement");

        handle(moved(2, World.DISTRICT, World.ELSEWHERE));

        assertThat(world.query("SELECT district_code FROM referral UNION ALL SELECT district_code FROM placement"))
                .containsExactly(World.ELSEWHERE, World.ELSEWHERE);
        assertThat(world.query("SELECT agency_id FROM referral UNION ALL SELECT agency_id FROM placement"))
                .isEqualTo(holders);
    }

    @Test
    void whatIsOverStaysWhereItWasAndSoDoesWorkElsewhere() throws SQLException {
        handle(opened(1));
        handle(closed(6, "GOALS_REACHED"));
        handle(measure(uuid(20), CHILD));

        handle(moved(2, World.DISTRICT, World.ELSEWHERE));
        handle(moved(3, "11680", "11110"));
        handle(moved(2, World.DISTRICT, World.ELSEWHERE));

        assertThat(world.query("SELECT district_code FROM referral UNION ALL SELECT district_code FROM placement"))
                .containsExactly(World.DISTRICT, World.ELSEWHERE);
    }

    @Test
    void anEarlierClosingDoesNotEndACaseThatWasOpenedAgain() throws SQLException {
        handle(opened(1));
        accept();
        handle(opened(7));
        handle(closed(6, "MOVED_AWAY"));

        assertThat(world.query("SELECT case_version || ' ' || state FROM referral ORDER BY case_version"))
                .containsExactly("1 COMPLETED", "7 OFFERED");
    }

    @Test
    void aMeasureBringsAChildAndItsSiblingsToAShelterWhicheverComesFirst() throws SQLException {
        var own = measure(uuid(20), CHILD, uuid(7));
        var siblings = measure(uuid(21), uuid(7), CHILD);

        handle(own);
        handle(siblings);
        handle(own);
        var inOrder = places();
        start();
        handle(siblings);
        handle(own);

        assertThat(places()).isEqualTo(inOrder).containsExactly(uuid(7) + " RESERVED", CHILD + " RESERVED");
    }

    @Test
    void aMeasureWithoutNeedOfAPlacePlacesNobody() throws SQLException {
        handle(event("ProtectiveMeasureTaken", ofChild(Map.of("placeNeeded", false))));

        assertThat(places()).isEmpty();
    }

    @Test
    void aPlaceIsNeverInAnAccusedShelterWhicheverEventComesFirst() throws SQLException {
        world.shelter(2, 7, World.DISTRICT);
        var shelter1 = World.agencyId(AgencyKind.SHELTER, 1).toString();
        var measure = measure(uuid(20), CHILD);
        var reported = event("AbuseReported", ofChild(Map.of("excludedAgencyIds", List.of(shelter1))));

        handle(measure);
        var triesBefore = triesForPlacesOf(shelter1);
        handle(reported);

        assertThat(world.query("SELECT state || ' ' || agency_id FROM placement"))
                .containsExactly("RESERVED " + World.agencyId(AgencyKind.SHELTER, 2));
        assertThat(triesForPlacesOf(shelter1) - triesBefore)
                .as("the freed bed is tried for others who wait")
                .isOne();
    }

    private int triesForPlacesOf(String shelter) throws SQLException {
        return world.query("SELECT 1 FROM due_work WHERE kind = 'places.gained' AND subject LIKE '" + shelter + ":%'")
                .size();
    }

    @Test
    void codesThatAreNotKnownYetWaitAndAreNotPassedOver() throws SQLException {
        assertThat(handle(visit(List.of(need("LIVELIHOOD", "PERHAPS")))))
                .isEqualTo(new Outcome.Rejected("unknown-basis"));
        assertThat(handle(determined("MAYBE", true, List.of())))
                .isEqualTo(new Outcome.Rejected("unknown-determination"));
        assertThat(handle(closed(2, "BOREDOM"))).isEqualTo(new Outcome.Rejected("unknown-reason"));
        assertThat(handle(changed(2, "SLEEPING"))).isEqualTo(new Outcome.Rejected("unknown-state"));
        assertThat(handle(event("ChildFlagged", Map.of()))).isEqualTo(new Outcome.Rejected("unknown-event-type"));
    }

    @Test
    void noEventSaysMoreThanCodesAndPseudonyms() throws SQLException {
        handle(visit(List.of(need("LIVELIHOOD", "CONSENT"))));
        handle(opened(1));
        handle(measure(uuid(20), CHILD));

        assertThat(world.query("SELECT convert_from(payload, 'UTF8') FROM outbox"))
                .isNotEmpty()
                .noneMatch(payload -> payload.contains("Synthetic"));
    }

    private void accept() throws SQLException {
        var id = UUID.fromString(world.query("SELECT id FROM referral ORDER BY requested_at LIMIT 1")
                .getFirst());
        world.transactions.run(tx -> world.referrals.accept(tx, id));
    }

    private List<String> holders() throws SQLException {
        return world.query("SELECT state || ' ' || agency_id FROM referral");
    }

    private List<String> outcomes() throws SQLException {
        return world.query("SELECT state || ' ' || outcome FROM referral");
    }

    private List<String> places() throws SQLException {
        return world.query("SELECT child_id || ' ' || state FROM placement ORDER BY child_id");
    }

    private static ReceivedEvent visit(List<Map<String, String>> needs) {
        return event("VisitCompleted", ofChild(Map.of("needs", needs)));
    }

    private static Map<String, String> need(String code, String basis) {
        return Map.of("code", code, "basis", basis);
    }

    private static ReceivedEvent opened(long version) {
        return event("CaseOpened", ofCase(version, Map.of("excludedAgencyIds", List.of(), "siblingIds", List.of())));
    }

    private static ReceivedEvent changed(long version, String state) {
        return event("CaseStatusChanged", ofCase(version, Map.of("state", state)));
    }

    private static ReceivedEvent closed(long version, String reason) {
        return event("CaseClosed", ofCase(version, Map.of("reason", reason)));
    }

    private static ReceivedEvent determined(String determination, boolean consent, List<String> excluded) {
        return event(
                "AbuseDetermined",
                ofChild(Map.of("determination", determination, "consent", consent, "excludedAgencyIds", excluded)));
    }

    private static ReceivedEvent measure(UUID measure, UUID child, UUID... siblings) {
        return event(
                "ProtectiveMeasureTaken",
                Map.of(
                        "measureId", measure.toString(),
                        "childId", child.toString(),
                        "siblingIds", List.of(siblings),
                        "districtCode", World.DISTRICT,
                        "excludedAgencyIds", List.of(),
                        "placeNeeded", true));
    }

    private static ReceivedEvent moved(long version, String from, String to) {
        return event(
                "ChildMoved",
                Map.of(
                        "childId", CHILD.toString(),
                        "version", version,
                        "fromDistrictCode", from,
                        "districtCode", to));
    }

    private static Map<String, Object> ofCase(long version, Map<String, Object> more) {
        var changes = new HashMap<>(ofChild(more));
        changes.put("caseId", CASE.toString());
        changes.put("version", version);
        return changes;
    }

    private static Map<String, Object> ofChild(Map<String, Object> more) {
        var changes = new HashMap<>(more);
        changes.put("childId", CHILD.toString());
        changes.put("districtCode", World.DISTRICT);
        return changes;
    }

    private static UUID uuid(int n) {
        return new UUID(0x0197_e5a0_0000_7000L, 0x8000_0000_0000_0000L + n);
    }

    private Outcome handle(ReceivedEvent event) throws SQLException {
        return world.transactions.run(tx -> world.intake.handle(event, tx));
    }

    private static ReceivedEvent event(String topic, Map<String, Object> changes) {
        var type = Goldens.type(topic);
        var headers =
                Map.of("ce_type", type.ceType(), "ce_correlationid", CORRELATION, "ce_time", "2026-11-02T00:00:00Z");
        return new ReceivedEvent(
                EventIds.next(), topic, 0, 0, CHILD.toString(), headers, Goldens.payload(type, changes));
    }
}
