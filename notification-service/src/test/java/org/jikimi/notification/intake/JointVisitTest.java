package org.jikimi.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The call for a joint visit 동행방문 ends once the child is seen, by whichever visit. */
class JointVisitTest {
    private static final String CHILD = "0197e5a0-0000-7000-8000-000000000001";
    private static final String SIBLING = "0197e5a0-0000-7000-8000-000000000003";
    private static final String REFUSED = "0197e5a0-0000-7000-8000-000000000004";
    private static final String NEXT = "0197e5a0-0000-7000-8000-000000000005";
    private static final String NOWON = "11350";
    private static final String JONGNO = "11110";

    private Hearing hearing;
    private EitherOrder orders;

    @BeforeEach
    void start() throws SQLException {
        hearing = new Hearing();
        orders = new EitherOrder(
                hearing.world.database,
                "SELECT DISTINCT concat_ws(' ', child_id, state) FROM alert WHERE kind = 'JOINT_VISIT_NEEDED' ORDER BY 1");
    }

    @Test
    void ofWhoLeftTheVisitForAnotherOneItEndsWithThat() throws SQLException {
        assertEitherWay(
                List.of(
                        refused(REFUSED, CHILD, "2026-11-02T00:00:00Z"),
                        refused(REFUSED, SIBLING, "2026-11-02T00:00:00Z"),
                        visited(NEXT, CHILD, "COMPLETED", "SAFE", true)),
                CHILD + " CLOSED",
                SIBLING + " RAISED");
    }

    @Test
    void inTheDistrictThatTheChildMovedToItEndsToo() throws SQLException {
        var moved = Hearing.event(
                "ChildMoved",
                CHILD,
                CHILD,
                "2026-11-03T00:00:00Z",
                Map.of(
                        "childId",
                        CHILD,
                        "version",
                        2,
                        "fromDistrictCode",
                        NOWON,
                        "districtCode",
                        JONGNO,
                        "movedAt",
                        "2026-11-03T00:00:00Z"));

        assertEitherWay(
                List.of(
                        refused(REFUSED, CHILD, "2026-11-02T00:00:00Z"),
                        moved,
                        visited(NEXT, CHILD, "COMPLETED", "WELFARE_NEED", true)),
                CHILD + " CLOSED");
    }

    @Test
    void aVisitThatDoesNotSeeTheChildEndsNothing() throws SQLException {
        assertEitherWay(
                List.of(
                        refused(REFUSED, CHILD, "2026-11-02T00:00:00Z"),
                        visited(REFUSED, CHILD, "CLOSED", "MOVED", false),
                        visited(NEXT, CHILD, "COMPLETED", "REFUSED", false)),
                CHILD + " RAISED");
    }

    @Test
    void aFamilyThatRefusesTwiceAfterwardsIsCalledForAnew() throws SQLException {
        assertEitherWay(
                List.of(
                        visited(NEXT, CHILD, "COMPLETED", "SAFE", true),
                        refused(REFUSED, CHILD, "2026-12-02T00:00:00Z")),
                CHILD + " RAISED");
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

    private static ReceivedEvent refused(String visit, String child, String time) {
        return Hearing.event(
                "VisitAttempted",
                child,
                REFUSED,
                time,
                Map.of("visitId", visit, "childId", child, "districtCode", NOWON, "result", "REFUSED", "refusals", 2));
    }

    private static ReceivedEvent visited(String visit, String child, String state, String outcome, boolean seen) {
        return Hearing.event(
                "VisitCompleted",
                child,
                NEXT,
                "2026-11-04T00:00:00Z",
                Map.of("visitId", visit, "childId", child, "state", state, "outcome", outcome, "seen", seen));
    }
}
