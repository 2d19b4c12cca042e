package org.jikimi.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A clock ran until a child is seen whom a visit missed, and the child has died by the register, or another visit found it. */
class ClocksOfTheFoundTest {
    private static final String CHILD = "0197e5a0-0000-7000-8000-000000000001";
    private static final String SIBLING = "0197e5a0-0000-7000-8000-000000000002";

    private Hearing hearing;

    @BeforeEach
    void start() throws SQLException {
        hearing = new Hearing();
    }

    @Test
    void nobodyIsAskedForTheChildAnyMore() throws SQLException {
        for (var ends : List.of(
                told("DECEASED", "2026-11-06"),
                visited("SAFE", true, "2026-11-06"),
                visited("DECEASED", false, "2026-11-06"))) {
            for (var asks : List.of(
                    deadline("DeadlineApproaching", "VISIT", CHILD, "2026-11-05", "2026-11-08"),
                    deadline("DeadlineBreached", "VISIT", CHILD, "2026-11-05", "2026-11-05"))) {
                assertThat(states(asks, ends)).as("%s", ends).containsExactly("CLOSED");
            }
        }
    }

    @Test
    void whatElseIsAskedForIs() throws SQLException {
        for (var ends : List.of(told("DECEASED", "2026-11-06"), visited("SAFE", true, "2026-11-06"))) {
            for (var asks : List.of(
                    deadline("DeadlineBreached", "VISIT", SIBLING, "2026-11-05", "2026-11-05"),
                    deadline("DeadlineBreached", "INVESTIGATION", CHILD, "2026-11-05", "2026-11-05"),
                    deadline("DeadlineBreached", "VISIT", CHILD, "2026-11-09", "2026-11-09"))) {
                assertThat(states(asks, ends)).as("%s", ends).containsExactly("RAISED");
            }
        }
    }

    @Test
    void whoEmigratedIsAskedForOn() throws SQLException {
        var asks = deadline("DeadlineBreached", "VISIT", CHILD, "2026-11-05", "2026-11-05");

        assertThat(states(asks, told("EMIGRATED", "2026-11-06"))).containsExactly("RAISED");
    }

    @Test
    void soIsAChildOfWhoseDeathSomebodyMayHaveFoundOtherwiseSinceItWasTold() throws SQLException {
        var asks = deadline("DeadlineBreached", "VISIT", CHILD, "2026-11-05", "2026-11-05");

        assertThat(states(asks, told("DECEASED", "2026-11-06", true))).containsExactly("RAISED");
    }

    /** Of the alerts of a clock, whichever comes first. */
    private List<String> states(ReceivedEvent asks, ReceivedEvent ends) throws SQLException {
        var orders = new EitherOrder(
                hearing.world.database, "SELECT DISTINCT state FROM alert WHERE kind LIKE 'DEADLINE_%' ORDER BY 1");
        var both = List.of(asks, ends);
        var states = orders.after(both, (event, tx) -> {
            hearing.intake.handle(event, tx);
            return true;
        });
        assertThat(orders.after(both.reversed(), (event, tx) -> {
                    hearing.intake.handle(event, tx);
                    return true;
                }))
                .isEqualTo(states);
        return states;
    }

    private static ReceivedEvent told(String state, String day) {
        return told(state, day, false);
    }

    private static ReceivedEvent told(String state, String day, boolean before) {
        var at = day + "T00:00:00Z";
        return Hearing.event(
                "ChildStatusChanged",
                CHILD,
                CHILD,
                at,
                Map.of("childId", CHILD, "state", state, "changedAt", at, "toldBefore", before));
    }

    private static ReceivedEvent visited(String outcome, boolean seen, String day) {
        var at = day + "T00:00:00Z";
        return Hearing.event(
                "VisitCompleted",
                CHILD,
                CHILD,
                at,
                Map.of(
                        "visitId",
                        UUID.randomUUID().toString(),
                        "childId",
                        CHILD,
                        "outcome",
                        outcome,
                        "state",
                        "COMPLETED",
                        "seen",
                        seen,
                        "completedAt",
                        at));
    }

    private static ReceivedEvent deadline(String topic, String subject, String child, String at, String dueAt) {
        return Hearing.event(
                topic,
                child,
                child,
                at + "T00:00:00Z",
                Map.of(
                        "subjectType",
                        subject,
                        "subjectId",
                        UUID.randomUUID().toString(),
                        "childId",
                        child,
                        "dueAt",
                        dueAt + "T00:00:00Z"));
    }
}
