package org.jikimi.cases.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.casefile.CaseParts;
import org.jikimi.cases.casefile.MoveCase;
import org.jikimi.cases.investigation.InvestigationParts;
import org.jikimi.cases.investigation.MoveInvestigations;
import org.jikimi.cases.report.ReportParts;
import org.jikimi.cases.report.Urgency;
import org.jikimi.cases.visit.VisitParts;
import org.jikimi.contracts.EventType;
import org.jikimi.contracts.EventTypes;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.Inbox;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events of the other services in every order. */
class CaseIntakeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final UUID CHILD = TestWorld.id(1);
    private static final String CPA = "00000000-0000-7000-8001-000000000001";
    private static final String REFERRAL = TestWorld.id(60).toString();

    private TestWorld world;
    private ReportParts reports;
    private InvestigationParts investigations;
    private CaseIntake intake;
    private Inbox inbox;
    private long offset;

    @BeforeEach
    void start() throws SQLException {
        world = new TestWorld();
        reports = new ReportParts(world);
        var visits = new VisitParts(world, reports);
        var cases = new CaseParts(world);
        investigations = new InvestigationParts(world, reports, visits, cases);
        var move = new MoveWork(visits.move, reports.follow, new MoveInvestigations(), new MoveCase(), world.clocks);
        intake = new CaseIntake(move, cases.follow, investigations.placements, world.chronicle, world.erase);
        inbox = new Inbox("case", Transactions.of(world.database), new Outbox(), intake, step -> {});
        offset = 0;
    }

    @Test
    void everyTopicIsOfAnotherService() {
        assertThat(EventTypes.producedBy("case"))
                .extracting(EventType::topic)
                .doesNotContainAnyElementsOf(intake.topics());
    }

    @Test
    void aFlagOfTheContractsPlansItsVisit() throws SQLException {
        receive(event("ChildFlagged", Map.of("childId", CHILD.toString())));

        assertThat(world.events("VisitPlanned", "childId")).contains(CHILD.toString());
        assertThat(world.query("SELECT service || ' ' || what FROM timeline_entry WHERE child_id = '" + CHILD
                        + "' ORDER BY service"))
                .containsExactly("case VisitPlanned", "screening ChildFlagged");
    }

    @Test
    void aNewSignalIsALineOfTheChildsStory() throws SQLException {
        receive(event("ChildSignalRaised", Map.of("childId", CHILD.toString())));

        assertThat(world.query("SELECT service || ' ' || what || ' ' || detail FROM timeline_entry"))
                .containsExactly("screening ChildSignalRaised WATER_CUTOFF");
    }

    @Test
    void theSameFlagInAnotherEventPlansNothingMore() throws SQLException {
        receive(event("ChildFlagged", Map.of()));
        var planned = world.events("VisitPlanned");

        receive(event("ChildFlagged", Map.of()));

        assertThat(world.events("VisitPlanned")).isEqualTo(planned);
    }

    @Test
    void anAgencyThatAcceptsHoldsTheCase() throws SQLException {
        var caseId = openCase();

        receive(accepted(caseId, 3));

        assertThat(world.query("SELECT state || ' ' || agency_id FROM case_file"))
                .containsExactly("ASSESSMENT " + CPA);
        assertThat(world.events("CaseStatusChanged", "previousState")).containsExactly("OPEN");
    }

    @Test
    void anotherKindOfAgencyDoesNotHoldTheCase() throws SQLException {
        var caseId = openCase();

        receive(event("ReferralAccepted", referral(caseId, 3, "ACCEPTED", Map.of("agencyKind", "CLINIC"))));

        assertThat(world.query("SELECT state FROM case_file")).containsExactly("OPEN");
    }

    @Test
    void anAcceptanceThatComesBeforeItsCaseWaits() throws SQLException {
        assertThat((Object) world.get(
                        tx -> intake.handle(accepted(TestWorld.id(66).toString(), 3), tx)))
                .isEqualTo(new Outcome.Early("case-unknown"));
    }

    @Test
    void acceptedAndCompletedEndAlikeInEitherOrder() throws SQLException {
        assertAlike(caseId -> List.of(
                accepted(caseId, 3),
                event("ReferralCompleted", referral(caseId, 4, "COMPLETED", Map.of("outcome", "GOALS_REACHED")))));

        assertThat(world.query("SELECT state || ' ' || version FROM followed_referral"))
                .containsExactly("COMPLETED 4");
    }

    @Test
    void declinedAndAcceptedEndAlikeInEitherOrder() throws SQLException {
        assertAlike(caseId -> List.of(
                event(
                        "ChildErased",
                        Map.of("childId", CHILD.toString(), "aliasIds", List.of())), // the child has a case
                event("ReferralDeclined", referral(caseId, 3, "DECLINED", Map.of("reason", "NO_CAPACITY"))),
                accepted(caseId, 5)));

        assertThat(world.query("SELECT state FROM followed_referral")).containsExactly("ACCEPTED");
    }

    @Test
    void declinedAndUnplacedEndAlikeInEitherOrder() throws SQLException {
        assertAlike(caseId -> List.of(
                event(
                        "ChildErased",
                        Map.of("childId", CHILD.toString(), "aliasIds", List.of())), // the child has a case
                event("ReferralDeclined", referral(caseId, 3, "DECLINED", Map.of("reason", "NO_CAPACITY"))),
                event("ReferralUnplaced", referral(caseId, 4, "UNPLACED", Map.of("reason", "ALL_DECLINED")))));

        assertThat(world.query("SELECT state FROM followed_referral")).containsExactly("UNPLACED");
    }

    @Test
    void anOfferThatNobodyAnsweredIsToldInTheStoryInEitherOrderWithWhatCameNext() throws SQLException {
        for (var next : List.of("ReferralAccepted", "ReferralUnplaced")) {
            start();
            assertAlike(caseId -> List.of(
                    event("ReferralExpired", referral(caseId, 3, "EXPIRED", Map.of())),
                    next.equals("ReferralAccepted")
                            ? accepted(caseId, 5)
                            : event(next, referral(caseId, 5, "UNPLACED", Map.of("reason", "ALL_DECLINED")))));

            assertThat(world.query("SELECT what FROM timeline_entry WHERE service = 'referral' ORDER BY what"))
                    .as("told in the reverse order")
                    .containsExactlyInAnyOrder("ReferralExpired", next);
        }
    }

    @Test
    void unplacedAndAcceptedEndAlikeInEitherOrder() throws SQLException {
        assertAlike(caseId -> List.of(
                event("ReferralUnplaced", referral(caseId, 3, "UNPLACED", Map.of("reason", "NO_MATCH"))),
                accepted(caseId, 5)));
    }

    @Test
    void completedAndDeclinedEndAlikeInEitherOrder() throws SQLException {
        assertAlike(caseId -> List.of(
                event(
                        "ChildErased",
                        Map.of("childId", CHILD.toString(), "aliasIds", List.of())), // the child has a case
                event("ReferralDeclined", referral(caseId, 3, "DECLINED", Map.of("reason", "NO_CAPACITY"))),
                accepted(caseId, 5),
                event("ReferralCompleted", referral(caseId, 6, "COMPLETED", Map.of("outcome", "NOT_REACHED")))));
    }

    @Test
    void noPlaceAndThenAPlaceEndAlikeInEitherOrder() throws SQLException {
        var measure = measure();
        var none = place("PlacementUnavailable", measure, 2, "UNPLACED");
        var found = place("PlacementReserved", measure, 3, "RESERVED");

        receive(none, found);
        var inOrder = world.query("SELECT state || coalesce(fallback, '-') FROM measure_placement");
        start();
        var again = measure();
        receive(place("PlacementReserved", again, 3, "RESERVED"), place("PlacementUnavailable", again, 2, "UNPLACED"));

        assertThat(world.query("SELECT state || coalesce(fallback, '-') FROM measure_placement"))
                .isEqualTo(inOrder)
                .containsExactly("RESERVED-");
    }

    @Test
    void everyPairOfEventsOfAChildEndsAlikeInBothOrders() throws SQLException {
        var caseId = openCase();
        var measure = measure();
        var orders = new EitherOrder(world.database, """
                SELECT concat_ws(' ', 'case', state, agency_id, district_code) FROM case_file
                UNION ALL SELECT concat_ws(' ', 'referral', state, version, accepted) FROM followed_referral
                UNION ALL SELECT concat_ws(' ', 'place', state, fallback) FROM measure_placement
                UNION ALL SELECT concat_ws(' ', 'visit', state, district_code) FROM visit
                UNION ALL SELECT concat_ws(' ', 'alias', active) FROM child_alias
                UNION ALL SELECT concat_ws(' ', 'register', state) FROM child_status
                UNION ALL SELECT concat_ws(' ', 'told', service, what, state) FROM timeline_entry
                    WHERE service <> 'case'
                ORDER BY 1""");
        EitherOrder.Handler<ReceivedEvent> handler = (event, tx) -> {
            var outcome = intake.handle(event, tx);
            assertThat(outcome).as(event.topic()).isNotInstanceOf(Outcome.Rejected.class);
            return !(outcome instanceof Outcome.Early);
        };
        var events = List.of(
                event("ChildFlagged", Map.of("childId", CHILD.toString())),
                event(
                        "ChildMoved",
                        Map.of("childId", CHILD.toString(), "fromDistrictCode", "11350", "districtCode", "11110")),
                event("ChildStatusChanged", Map.of("childId", CHILD.toString())),
                event("ChildSignalRaised", Map.of("childId", CHILD.toString())),
                event("ChildIdentityMerged", Map.of("childId", CHILD.toString(), "mergedChildVersion", 2)),
                event("ChildIdentitySplit", Map.of("childId", CHILD.toString(), "splitChildVersion", 3)),
                event(
                        "ChildErased",
                        Map.of("childId", CHILD.toString(), "aliasIds", List.of())), // the child has a case
                event("ReferralDeclined", referral(caseId, 3, "DECLINED", Map.of("reason", "NO_CAPACITY"))),
                event("ReferralExpired", referral(caseId, 2, "EXPIRED", Map.of())),
                event("ReferralUnplaced", referral(caseId, 4, "UNPLACED", Map.of("reason", "ALL_DECLINED"))),
                accepted(caseId, 5),
                event("ReferralCompleted", referral(caseId, 6, "COMPLETED", Map.of("outcome", "GOALS_REACHED"))),
                event("ReferralCancelled", referral(caseId, 7, "CANCELLED", Map.of("reason", "CASE_CLOSED"))),
                place("PlacementUnavailable", measure, 2, "UNPLACED"),
                place("PlacementReserved", measure, 3, "RESERVED"),
                place("PlacementEnded", measure, 4, "DISCHARGED"));
        assertThat(events.stream().map(ReceivedEvent::topic)).containsExactlyInAnyOrderElementsOf(intake.topics());
        for (var first : events) {
            for (var second : events.subList(0, events.indexOf(first))) {
                assertThat(orders.after(List.of(first, second), handler))
                        .as(first.topic() + " and " + second.topic())
                        .isEqualTo(orders.after(List.of(second, first), handler));
            }
        }
    }

    @Test
    void aPlaceForAMeasureThatIsNotKnownWaits() throws SQLException {
        var event = place("PlacementReserved", TestWorld.id(5), 2, "RESERVED");

        assertThat((Object) world.get(tx -> intake.handle(event, tx))).isEqualTo(new Outcome.Early("measure-unknown"));
    }

    @Test
    void aCodeThatIsNotKnownYetWaitsAndIsNotPassedOver() throws SQLException {
        var event = event("ReferralAccepted", Map.of("agencyKind", "EMBASSY"));

        assertThat((Object) world.get(tx -> intake.handle(event, tx)))
                .isEqualTo(new Outcome.Rejected("unknown-agency-kind"));
    }

    @Test
    void aFieldOfANewerProducerIsIgnoredAndAnUnknownCodeIsParkedWithTheChildsLaterEventsBehindIt() throws SQLException {
        var unknownCode = event("ReferralAccepted", Map.of("childId", CHILD.toString(), "agencyKind", "EMBASSY"));

        receive(withAFieldOfTomorrow(event("ChildFlagged", Map.of("childId", CHILD.toString()))));
        receive(unknownCode, event("ChildFlagged", Map.of("childId", CHILD.toString())));

        assertThat(world.events("VisitPlanned", "childId")).contains(CHILD.toString());
        assertThat(world.query("SELECT topic || ' ' || reason || ' ' || code FROM inbox_parked ORDER BY seq"))
                .containsExactly(
                        "ReferralAccepted FAILED unknown-agency-kind", "ChildFlagged BEHIND BEHIND_A_FAILED_EVENT");
        assertThat(world.query("SELECT key FROM outbox WHERE type = 'case.ReferralAccepted.dlq'"))
                .containsExactly(CHILD.toString());
    }

    private static ReceivedEvent withAFieldOfTomorrow(ReceivedEvent event) {
        try {
            var data = ((ObjectNode) JSON.readTree(event.payload())).put("fieldOfTomorrow", true);
            return new ReceivedEvent(
                    event.id(),
                    event.topic(),
                    event.partition(),
                    event.offset(),
                    event.key(),
                    event.headers(),
                    JSON.writeValueAsBytes(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Events {
        List<ReceivedEvent> about(String caseId);
    }

    /** Sends the events in this order and, to a world of its own, in the reverse one. */
    private void assertAlike(Events events) throws SQLException {
        receive(events.about(openCase()).toArray(ReceivedEvent[]::new));
        var inOrder = endState();
        start();
        var reversed = new ArrayList<>(events.about(openCase()));
        Collections.reverse(reversed);
        receive(reversed.toArray(ReceivedEvent[]::new));

        assertThat(endState()).isEqualTo(inOrder);
        assertThat(world.query("SELECT count(*) FROM inbox_parked")).containsExactly("0");
    }

    private List<String> endState() throws SQLException {
        return world.query("SELECT concat_ws(' ', c.state, c.agency_id, c.version, r.version, r.state, r.accepted) "
                + "FROM case_file c LEFT JOIN followed_referral r ON r.case_id = c.id");
    }

    private String openCase() throws SQLException {
        world.run(tx -> investigations.findsAbuse(tx, reports.by112(tx, CHILD, Urgency.URGENT)));
        return world.query("SELECT id FROM case_file").getFirst();
    }

    private UUID measure() throws SQLException {
        return world.get(tx -> investigations.measureFor(tx, reports.by112(tx, CHILD, Urgency.URGENT)));
    }

    private ReceivedEvent accepted(String caseId, int version) {
        return event("ReferralAccepted", referral(caseId, version, "ACCEPTED", Map.of("agencyKind", "CPA")));
    }

    private static Map<String, Object> referral(String caseId, int version, String state, Map<String, Object> more) {
        var fields = new HashMap<String, Object>(more);
        fields.put("referralId", REFERRAL);
        fields.put("caseId", caseId);
        fields.put("version", version);
        fields.put("state", state);
        fields.put("childId", CHILD.toString());
        fields.put("agencyId", CPA);
        return fields;
    }

    private ReceivedEvent place(String type, UUID measure, int version, String state) {
        return event(
                type,
                Map.of(
                        "placementId", TestWorld.id(61).toString(),
                        "measureId", measure.toString(),
                        "version", version,
                        "state", state,
                        "childId", CHILD.toString()));
    }

    private void receive(ReceivedEvent... events) throws SQLException {
        for (var event : events) {
            inbox.receive(List.of(event));
        }
    }

    /** The golden example of the contracts with some fields changed; fields that it has not are left out. */
    private ReceivedEvent event(String topic, Map<String, Object> fields) {
        var type = EventTypes.all().stream()
                .filter(candidate -> candidate.topic().equals(topic))
                .findFirst()
                .orElseThrow();
        try (var golden = Objects.requireNonNull(
                CaseIntakeTest.class.getClassLoader().getResourceAsStream(type.goldenResource()))) {
            var data = (ObjectNode) JSON.readTree(golden);
            fields.forEach((name, value) -> {
                if (data.has(name) || name.equals("caseId")) {
                    data.set(name, JSON.valueToTree(value));
                }
            });
            return new ReceivedEvent(
                    EventIds.next(),
                    topic,
                    0,
                    offset++,
                    data.path("childId").asText(),
                    Map.of("ce_type", type.ceType()),
                    JSON.writeValueAsBytes(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
