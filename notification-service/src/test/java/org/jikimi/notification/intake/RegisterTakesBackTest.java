package org.jikimi.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody is called any more for what the register said of a child and has taken back. */
class RegisterTakesBackTest {
    private static final String CHILD = "0197e5a0-0000-7000-8000-000000000001";

    private Hearing hearing;
    private EitherOrder orders;

    @BeforeEach
    void start() throws SQLException {
        hearing = new Hearing();
        orders = new EitherOrder(hearing.world.database, "SELECT DISTINCT kind || ' ' || state FROM alert ORDER BY 1");
    }

    @Test
    void aDeathThatIsTakenBackNeedsNobody() throws SQLException {
        assertEitherWay(List.of(told(2, "DECEASED", "02"), told(3, "RESIDENT", "03")), "CHILD_DECEASED CLOSED");
    }

    @Test
    void whoEmigratedInsteadOfHavingDiedIsTheOneMatterLeft() throws SQLException {
        assertEitherWay(
                List.of(told(2, "DECEASED", "02"), told(3, "EMIGRATED", "03")),
                "CHILD_DECEASED CLOSED",
                "CHILD_EMIGRATED RAISED");
    }

    @Test
    void aDeathThatIsToldOnceMoreCallsOnceMore() throws SQLException {
        assertEitherWay(List.of(told(3, "RESIDENT", "03"), told(4, "DECEASED", "05")), "CHILD_DECEASED RAISED");
    }

    @Test
    void aDeathThatAVisitFoundStandsWhateverTheRegisterSays() throws SQLException {
        assertEitherWay(
                List.of(
                        Hearing.event(
                                "VisitCompleted",
                                CHILD,
                                CHILD,
                                "2026-11-02T00:00:00Z",
                                Map.of(
                                        "childId",
                                        CHILD,
                                        "outcome",
                                        "DECEASED",
                                        "state",
                                        "COMPLETED",
                                        "seen",
                                        false,
                                        "completedAt",
                                        "2026-11-02T00:00:00Z")),
                        told(3, "RESIDENT", "03")),
                "CHILD_DECEASED RAISED");
    }

    private void assertEitherWay(List<ReceivedEvent> events, String... alerts) throws SQLException {
        for (var order : List.of(events, events.reversed())) {
            assertThat(orders.after(order, (event, tx) -> {
                        hearing.intake.handle(event, tx);
                        return true;
                    }))
                    .containsExactly(alerts);
        }
    }

    private static ReceivedEvent told(int version, String state, String day) {
        var at = "2026-11-" + day + "T00:00:00Z";
        return Hearing.event(
                "ChildStatusChanged",
                CHILD,
                CHILD,
                at,
                Map.of("childId", CHILD, "version", version, "state", state, "openWork", true, "changedAt", at));
    }
}
