package org.jikimi.screening.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jikimi.contracts.EventTypes;
import org.jikimi.contracts.cases.v1.AbuseReported;
import org.jikimi.contracts.cases.v1.CaseStatusChanged;
import org.jikimi.contracts.cases.v1.ChildUnlocated;
import org.jikimi.contracts.cases.v1.DeadlineCancelled;
import org.jikimi.contracts.cases.v1.VisitAttempted;
import org.jikimi.contracts.cases.v1.VisitCompleted;
import org.jikimi.contracts.referral.v1.PlacementEnded;
import org.jikimi.contracts.referral.v1.PlacementReserved;
import org.jikimi.contracts.referral.v1.PlacementUnavailable;
import org.jikimi.contracts.referral.v1.ReferralCancelled;
import org.jikimi.contracts.referral.v1.ReferralCompleted;
import org.jikimi.contracts.referral.v1.ReferralRequested;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.erasure.ForgetSubjects;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.Inbox;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.screening.World;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.signal.OwnSignals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events of a newer producer: unknown fields are ignored, and unknown codes parked. */
class ScreeningIntakeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private World world;
    private Inbox inbox;
    private long offset;

    @BeforeEach
    void start() throws SQLException {
        world = new World();
        inbox = new Inbox(
                "screening",
                world.transactions,
                new Outbox(),
                new ScreeningIntake(
                        new JoinOutcome(),
                        new ForgetSubjects(world.subjects),
                        new OwnSignals(new DueWork(), world.bases, world.times)),
                step -> {});
    }

    @Test
    void aFieldOfTomorrowIsIgnored() throws Exception {
        inbox.receive(List.of(event(AbuseReported.class, "fieldOfTomorrow", "anything")));

        assertThat(world.query("SELECT kind FROM open_work")).containsExactly("REPORT");
        assertThat(world.query("SELECT code FROM inbox_parked")).isEmpty();
    }

    @Test
    void aCodeThatIsNotKnownYetIsParkedAndNotGuessedAt() throws Exception {
        inbox.receive(List.of(event(AbuseReported.class, "state", "SLEEPING")));
        inbox.receive(List.of(event(VisitCompleted.class, "outcome", "OUTCOME_OF_TOMORROW")));
        inbox.receive(List.of(event(VisitCompleted.class, "registrationDelay", "DELAY_OF_TOMORROW")));
        inbox.receive(List.of(event(VisitAttempted.class, "result", "RESULT_OF_TOMORROW")));
        inbox.receive(List.of(event(ChildUnlocated.class, "state", "STATE_OF_TOMORROW")));
        inbox.receive(List.of(event(CaseStatusChanged.class, "state", "STATE_OF_TOMORROW")));
        inbox.receive(List.of(event(ReferralRequested.class, "state", "STATE_OF_TOMORROW")));
        inbox.receive(List.of(event(PlacementEnded.class, "state", "STATE_OF_TOMORROW")));

        assertThat(world.query("SELECT topic || ' ' || reason || ' ' || code FROM inbox_parked ORDER BY seq"))
                .containsExactly(
                        "AbuseReported FAILED unknown-state",
                        "VisitCompleted FAILED unknown-outcome",
                        "VisitCompleted FAILED unknown-finding",
                        "VisitAttempted FAILED unknown-result",
                        "ChildUnlocated FAILED unknown-state",
                        "CaseStatusChanged FAILED unknown-state",
                        "ReferralRequested FAILED unknown-state",
                        "PlacementEnded FAILED unknown-state");
        assertThat(world.query("SELECT DISTINCT type FROM outbox ORDER BY type"))
                .containsExactly(
                        "screening.AbuseReported.dlq",
                        "screening.CaseStatusChanged.dlq",
                        "screening.ChildUnlocated.dlq",
                        "screening.PlacementEnded.dlq",
                        "screening.ReferralRequested.dlq",
                        "screening.VisitAttempted.dlq",
                        "screening.VisitCompleted.dlq");
        assertThat(world.query("SELECT kind FROM open_work UNION ALL SELECT kind FROM open_help"))
                .isEmpty();
    }

    @Test
    void whatAVisitFoundOfABirthsRegistrationIsKeptWithItsResult() throws Exception {
        inbox.receive(List.of(event(VisitCompleted.class, "birthRegistration", "RECORD_ERROR")));

        assertThat(world.query(
                        "SELECT concat_ws(' ', outcome, seen, birth_registration, registration_delay, care_setting) "
                                + "FROM visit_result"))
                .containsExactly("WELFARE_NEED t RECORD_ERROR FOREIGN_PARENT HOME");
    }

    @Test
    void aVisitThatWasClosedFoundNothing() throws Exception {
        inbox.receive(List.of(event(VisitCompleted.class, "state", "CLOSED")));

        assertThat(world.query("SELECT kind || ' ' || open FROM open_work")).containsExactly("VISIT false");
        assertThat(world.query("SELECT outcome FROM visit_result")).isEmpty();
    }

    @Test
    void whoWasNotVisitedWithItsSiblingsForTheRegisterSaidThatItHadDiedIsNotFound() throws Exception {
        var child = UUID.randomUUID().toString();
        inbox.receive(List.of(visited(child, "UNLOCATED", false, "2026-09-10T01:00:00Z")));

        inbox.receive(List.of(event(
                VisitCompleted.class,
                child,
                body -> body.put("visitId", UUID.randomUUID().toString())
                        .put("outcome", "DECEASED")
                        .put("seen", false)
                        .put("notVisited", true)
                        .put("completedAt", "2026-09-11T01:00:00Z"))));

        assertThat(world.query("SELECT outcome FROM visit_result")).containsExactly("UNLOCATED");
        assertThat(world.query("SELECT open FROM open_work ORDER BY open")).containsExactly("f", "t");
    }

    @Test
    void refusalsAndReportsAreNotedForTheJointInspection() throws Exception {
        inbox.receive(List.of(event(VisitAttempted.class, "result", "REFUSED")));
        inbox.receive(List.of(event(VisitAttempted.class, "result", "NO_ANSWER")));
        inbox.receive(List.of(event(CaseStatusChanged.class, "state", "MANAGEMENT_REFUSED")));
        inbox.receive(List.of(event(CaseStatusChanged.class, "state", "FOLLOW_UP")));
        inbox.receive(List.of(event(AbuseReported.class, "state", "RECEIVED")));

        assertThat(world.query("SELECT kind FROM concern ORDER BY kind"))
                .containsExactly("MANAGEMENT_REFUSED", "REPORT", "VISIT_REFUSED");
    }

    @Test
    void whoeverAnAgencyOrAShelterHelpsIsKnownUntilThatEndsInWhateverOrderItIsHeard() throws Exception {
        for (var open : List.of(
                event(ReferralRequested.class, "state", "REQUESTED"),
                event(PlacementReserved.class, "state", "RESERVED"),
                event(PlacementUnavailable.class, "state", "UNPLACED"))) {
            inbox.receive(List.of(open));
        }
        assertThat(world.query("SELECT kind FROM open_help WHERE open ORDER BY kind"))
                .containsExactly("PLACEMENT", "PLACEMENT", "REFERRAL");
        assertThat(world.query("SELECT 1 FROM open_work"))
                .as("no round passes over them")
                .isEmpty();

        for (var pair : List.of(
                List.of(ReferralRequested.class, ReferralCompleted.class),
                List.of(ReferralRequested.class, ReferralCancelled.class),
                List.of(PlacementReserved.class, PlacementEnded.class),
                List.of(PlacementUnavailable.class, PlacementEnded.class))) {
            for (var order : List.of(pair, pair.reversed())) {
                var child = UUID.randomUUID().toString();
                inbox.receive(List.of(event(order.getFirst(), child), event(order.getLast(), child)));
                assertThat(world.query("SELECT open FROM open_help WHERE child_id = '" + child + "'"))
                        .as("%s", order)
                        .containsExactly("f");
            }
        }
    }

    @Test
    void whoeverWasNotReachedIsSoughtUntilAnyVisitHasSeenTheChildInWhateverOrderItIsHeard() throws Exception {
        for (var outcome : List.of("REFUSED", "UNLOCATED", "ABROAD")) {
            for (boolean later : List.of(true, false)) {
                for (boolean seenFirst : List.of(true, false)) {
                    var child = UUID.randomUUID().toString();
                    var missed = visited(child, outcome, false, "2026-09-10T01:00:00Z");
                    var seen = visited(child, "SAFE", true, later ? "2026-09-20T01:00:00Z" : "2026-09-01T01:00:00Z");

                    inbox.receive(seenFirst ? List.of(seen, missed) : List.of(missed, seen));

                    assertThat(world.query("SELECT 1 FROM open_work WHERE open AND child_id = '" + child + "'"))
                            .as("%s, seen %s", outcome, later ? "later" : "before")
                            .hasSize(later ? 0 : 1);
                }
            }
        }
    }

    @Test
    void whoWasFoundDeadIsSoughtNoMoreAndWhoWasNotReachedAgainIs() throws Exception {
        var child = UUID.randomUUID().toString();
        inbox.receive(List.of(
                visited(child, "REFUSED", false, "2026-09-10T01:00:00Z"),
                visited(child, "WELFARE_NEED", false, "2026-09-12T01:00:00Z"),
                visited(child, "UNLOCATED", false, "2026-09-15T01:00:00Z")));
        assertThat(world.query("SELECT 1 FROM open_work WHERE open")).hasSize(2);

        inbox.receive(List.of(visited(child, "DECEASED", false, "2026-09-20T01:00:00Z")));

        assertThat(world.query("SELECT 1 FROM open_work WHERE open")).isEmpty();
    }

    @Test
    void whomThePoliceFoundIsSoughtNoMoreButWhoIsAbroadIsAtTheBorder() throws Exception {
        var ends = Map.of("LOCATED LOCATED", 0, "OPEN NOT_FOUND", 1, "CLOSED ABROAD", 1, "CLOSED DECEASED", 0);
        for (var end : ends.entrySet()) {
            for (boolean checkFirst : List.of(false, true)) {
                var child = UUID.randomUUID().toString();
                var visit = UUID.randomUUID().toString();
                var missed = event(
                        VisitCompleted.class,
                        child,
                        body -> body.put("visitId", visit)
                                .put("outcome", "UNLOCATED")
                                .put("seen", false)
                                .put("completedAt", "2026-09-10T01:00:00Z"));
                var answer = end.getKey().split(" ", -1);
                var answered = event(
                        ChildUnlocated.class,
                        child,
                        body -> body.put("visitId", visit)
                                .put("state", answer[0])
                                .put("result", answer[1])
                                .put("answeredAt", "2026-09-12T01:00:00Z"));

                inbox.receive(checkFirst ? List.of(answered, missed) : List.of(missed, answered));

                assertThat(world.query("SELECT 1 FROM open_work WHERE open AND child_id = '" + child + "'"))
                        .as(end.getKey())
                        .hasSize(end.getValue());
            }
        }
    }

    @Test
    void whomThePoliceLookForAgainIsSoughtAgainAndTheHighestVersionStands() throws Exception {
        for (var ended : List.of("LOCATED LOCATED", "CLOSED DECEASED")) {
            for (boolean inOrder : List.of(true, false)) {
                var child = UUID.randomUUID().toString();
                var visit = UUID.randomUUID().toString();
                var answer = ended.split(" ", -1);
                inbox.receive(List.of(event(
                        VisitCompleted.class,
                        child,
                        body -> body.put("visitId", visit)
                                .put("outcome", "UNLOCATED")
                                .put("seen", false)
                                .put("completedAt", "2026-09-10T01:00:00Z"))));
                var closed = event(
                        ChildUnlocated.class,
                        child,
                        body -> body.put("visitId", visit)
                                .put("version", 2)
                                .put("state", answer[0])
                                .put("result", answer[1])
                                .put("answeredAt", "2026-09-12T01:00:00Z"));
                var again = event(
                        ChildUnlocated.class,
                        child,
                        body -> body.put("visitId", visit)
                                .put("version", 3)
                                .put("state", "OPEN")
                                .put("answeredAt", "2026-09-13T01:00:00Z"));

                inbox.receive(inOrder ? List.of(closed, again) : List.of(again, closed));

                assertThat(world.query("SELECT open FROM open_work WHERE child_id = '" + child + "'"))
                        .as("%s %s", ended, inOrder)
                        .containsExactly("t");
            }
        }
    }

    @Test
    void whomASupervisorLetsNobodySeekAnyMoreIsFlaggedAgain() throws Exception {
        for (var clock : Map.of("ABROAD_REENTRY_CHECK", "ABROAD", "REFUSED_VISIT_JOINT", "REFUSED")
                .entrySet()) {
            for (boolean cancelledFirst : List.of(false, true)) {
                var child = UUID.randomUUID().toString();
                var visit = UUID.randomUUID().toString();
                var missed = event(
                        VisitCompleted.class,
                        child,
                        body -> body.put("visitId", visit)
                                .put("outcome", clock.getValue())
                                .put("seen", false)
                                .put("completedAt", "2026-09-10T01:00:00Z"));
                var unlocated = visited(child, "UNLOCATED", false, "2026-09-09T01:00:00Z");
                var cancelled = event(
                        DeadlineCancelled.class,
                        child,
                        body -> body.put("clockCode", clock.getKey())
                                .put(
                                        "subjectId",
                                        clock.getValue().equals("ABROAD")
                                                ? visit
                                                : UUID.randomUUID().toString())
                                .put("cancelledAt", "2026-09-12T01:00:00Z"));

                inbox.receive(
                        cancelledFirst ? List.of(cancelled, unlocated, missed) : List.of(unlocated, missed, cancelled));

                assertThat(world.query("SELECT outcome FROM open_work w JOIN visit_result r ON r.visit_id = w.ref "
                                + "WHERE w.open AND w.child_id = '" + child + "'"))
                        .as("%s", clock)
                        .containsExactly("UNLOCATED");
            }
        }
    }

    private ReceivedEvent visited(String child, String outcome, boolean seen, String at) throws IOException {
        return event(
                VisitCompleted.class,
                child,
                body -> body.put("visitId", UUID.randomUUID().toString())
                        .put("outcome", outcome)
                        .put("seen", seen)
                        .put("completedAt", at));
    }

    /** The golden example of a child; what ends something has a higher version than what begins it. */
    private ReceivedEvent event(Class<? extends Record> data, String child) throws IOException {
        boolean begins = data == ReferralRequested.class
                || data == PlacementReserved.class
                || data == PlacementUnavailable.class;
        return event(data, child, "version", begins ? "1" : "2");
    }

    /** The golden example, of a child of its own, with one field set. */
    private ReceivedEvent event(Class<? extends Record> data, String field, String value) throws IOException {
        return event(data, UUID.randomUUID().toString(), field, value);
    }

    private ReceivedEvent event(Class<? extends Record> data, String child, String field, String value)
            throws IOException {
        return event(data, child, body -> {
            if (field.equals("version")) {
                body.put(field, Long.parseLong(value));
            } else {
                body.put(field, value);
            }
        });
    }

    private ReceivedEvent event(Class<? extends Record> data, String child, Consumer<ObjectNode> change)
            throws IOException {
        var type = EventTypes.of(data);
        try (var golden = Objects.requireNonNull(
                ScreeningIntakeTest.class.getClassLoader().getResourceAsStream(type.goldenResource()))) {
            var body = ((ObjectNode) JSON.readTree(golden)).put("childId", child);
            change.accept(body);
            return new ReceivedEvent(
                    EventIds.next(),
                    type.topic(),
                    0,
                    offset++,
                    child,
                    Map.of("ce_type", type.ceType()),
                    JSON.writeValueAsBytes(body));
        }
    }
}
