package org.jikimi.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.notification.alert.AlertWorld;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A visit is closed because the child has died or emigrated 사망·국외이주: nobody is asked to go there any more. */
class ClosedVisitTest {
    /** The examples of the contracts are of one visit. */
    private static final String VISIT = "019a9f00-0000-7000-8000-000000000005";

    private AlertWorld world;
    private AlertIntake intake;

    @BeforeEach
    void start() throws SQLException {
        world = new AlertWorld();
        intake = world.intake();
    }

    @Test
    void theAlertsOfAFlagAndItsVisitEndWithTheChild() throws SQLException {
        assertThat(statesAfter("DECEASED"))
                .containsExactly(
                        "DEADLINE_APPROACHING CLOSED",
                        "JOINT_VISIT_NEEDED CLOSED",
                        "JOINT_VISIT_NEEDED CLOSED",
                        "URGENT_FLAG CLOSED",
                        "VISIT_PLANNED CLOSED");
    }

    @Test
    void whoEmigratedUnseenStaysWithTheClockAlone() throws SQLException {
        assertThat(statesAfter("ABROAD"))
                .containsExactly(
                        "DEADLINE_APPROACHING RAISED",
                        "JOINT_VISIT_NEEDED CLOSED",
                        "JOINT_VISIT_NEEDED CLOSED",
                        "URGENT_FLAG CLOSED",
                        "VISIT_PLANNED CLOSED");
    }

    @Test
    void theClockOfASiblingGoesOnWhoeverElseOfTheVisitIsSeenOrDead() throws SQLException {
        var clock = event(
                "DeadlineBreached",
                Map.of("subjectType", "VISIT", "subjectId", VISIT, "childId", new UUID(0, 77).toString()));
        for (var found : List.of(
                Map.<String, Object>of("state", "CLOSED", "outcome", "DECEASED", "seen", false),
                Map.<String, Object>of("state", "COMPLETED", "outcome", "SAFE", "seen", true))) {
            var orders = new EitherOrder(world.database, "SELECT state FROM alert WHERE kind = 'DEADLINE_BREACHED'");
            var events = List.of(clock, event("VisitCompleted", found));

            assertThat(orders.after(events, this::settles)).containsExactly("RAISED");
            assertThat(orders.after(events.reversed(), this::settles)).containsExactly("RAISED");
        }
    }

    @Test
    void aClockThatStartsOnceADeathProvesAMistakeAsksAfterAll() throws SQLException {
        var orders = new EitherOrder(world.database, "SELECT kind || ' ' || state FROM alert ORDER BY kind");
        var dead = event("VisitCompleted", Map.of("state", "CLOSED", "outcome", "DECEASED", "seen", false));
        var events = List.of(
                dead,
                deadline("DeadlineApproaching", "2027-01-10T00:00:00Z", "2027-02-02T00:00:00Z"),
                deadline("DeadlineBreached", "2027-02-02T00:00:00Z", "2027-02-02T00:00:00Z"));

        var ends = List.of(orders.after(events, this::settles), orders.after(events.reversed(), this::settles));

        assertThat(ends).allSatisfy(end -> assertThat(end).contains("DEADLINE_BREACHED RAISED"));
    }

    private static ReceivedEvent deadline(String topic, String at, String dueAt) {
        return Hearing.event(
                topic,
                new UUID(0, 8).toString(),
                VISIT,
                at,
                Map.of("subjectType", "VISIT", "subjectId", VISIT, "dueAt", dueAt));
    }

    @Test
    void aClockThatASupervisorClosedAsksForNothing() throws SQLException {
        var about = Map.<String, Object>of("subjectType", "VISIT", "subjectId", VISIT);
        var events = List.of(
                event("DeadlineApproaching", about),
                event("DeadlineBreached", about),
                event("DeadlineCancelled", about));
        var orders = new EitherOrder(world.database, "SELECT DISTINCT state FROM alert");

        assertThat(orders.after(events, this::settles)).containsExactly("CLOSED");
        assertThat(orders.after(events.reversed(), this::settles)).containsExactly("CLOSED");
    }

    @Test
    void whoIsLookedForAgainIsAskedForAgainUntilThatEndsToo() throws SQLException {
        var states = "SELECT state FROM alert WHERE kind = 'WHEREABOUTS_CHECK' ORDER BY act_by";
        var orders = new EitherOrder(world.database, states);
        var missed = unlocated("OPEN", "2026-11-02T00:00:00Z");
        var dead = unlocated("CLOSED", "2026-11-03T00:00:00Z");
        var again = unlocated("OPEN", "2026-11-03T09:00:00Z");
        var found = unlocated("LOCATED", "2026-11-09T00:00:00Z");

        assertThat(orders.after(List.of(missed, dead, again), this::settles)).containsExactly("CLOSED", "RAISED");
        assertThat(orders.after(List.of(dead, again, missed), this::settles)).containsExactly("CLOSED", "RAISED");
        assertThat(orders.after(List.of(missed, dead, again, found), this::settles))
                .containsExactly("CLOSED", "CLOSED");
    }

    private static ReceivedEvent unlocated(String state, String at) {
        return Hearing.event("ChildUnlocated", new UUID(0, 8).toString(), VISIT, at, Map.of("state", state));
    }

    private List<String> statesAfter(String outcome) throws SQLException {
        var events = List.of(
                event("ChildFlagged", Map.of("urgent", true)),
                event("VisitPlanned", Map.of("kind", "DONG_OFFICER")),
                event("VisitAttempted", Map.of()),
                deadline("DeadlineApproaching", "2026-11-02T00:00:00Z", "2026-11-04T00:00:00Z"),
                event("VisitCompleted", Map.of("state", "CLOSED", "outcome", outcome, "seen", false)));
        var orders = new EitherOrder(world.database, "SELECT kind || ' ' || state FROM alert ORDER BY 1");
        var inOrder = orders.after(events, this::settles);
        assertThat(orders.after(events.reversed(), this::settles)).isEqualTo(inOrder);
        return inOrder;
    }

    private boolean settles(ReceivedEvent event, Connection tx) throws SQLException {
        intake.handle(event, tx);
        return true;
    }

    private static ReceivedEvent event(String topic, Map<String, Object> changes) {
        var type = Goldens.type(topic);
        var headers = Map.of("ce_type", type.ceType(), "ce_time", "2026-11-02T00:00:00Z");
        return new ReceivedEvent(
                EventIds.next(), topic, 0, 0, new UUID(0, 8).toString(), headers, Goldens.payload(type, changes));
    }
}
