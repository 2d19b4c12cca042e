package org.jikimi.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The alerts of a visit stand with those of the district in which it is to be made. */
class VisitMovesTest {
    private static final String CHILD = "0197e5a0-0000-7000-8000-000000000001";
    private static final String SIBLING = "0197e5a0-0000-7000-8000-000000000003";
    private static final String VISIT = "0197e5a0-0000-7000-8000-000000000004";
    private static final String NOWON = "11350";
    private static final String JONGNO = "11110";

    private Hearing hearing;

    @BeforeEach
    void start() throws SQLException {
        hearing = new Hearing();
    }

    @Test
    void theyAreClosedWhereTheVisitLeftAndRaisedWhereItIsNow() throws SQLException {
        handle(planned(1, NOWON, CHILD), planned(1, NOWON, SIBLING), planned(5, JONGNO, CHILD));

        handle(planned(5, JONGNO, SIBLING));

        assertThat(alerts("VISIT_PLANNED")).containsExactly(JONGNO + " RAISED", NOWON + " CLOSED");
        assertThat(alerts("JOINT_VISIT_PLANNED")).containsExactly(JONGNO + " RAISED", NOWON + " CLOSED");
    }

    @Test
    void aPlanThatIsHeardAfterALaterOneElsewhereAlertsNobody() throws SQLException {
        var later =
                Map.<String, Object>of("version", 5, "districtCode", JONGNO, "kind", "DONG_OFFICER", "urgent", false);
        handle(event("VisitPlanned", CHILD, later));

        handle(planned(1, NOWON, SIBLING));

        assertThat(alerts("VISIT_PLANNED")).containsExactly(JONGNO + " RAISED");
        assertThat(alerts("JOINT_VISIT_PLANNED")).isEmpty();
    }

    @Test
    void aVisitThatComesBackIsToldOfToTheFirstOfficersOnceMore() throws SQLException {
        handle(planned(1, NOWON, CHILD), planned(5, JONGNO, CHILD));

        handle(planned(7, NOWON, CHILD), planned(8, NOWON, SIBLING));

        assertThat(alerts("VISIT_PLANNED")).containsExactly(JONGNO + " CLOSED", NOWON + " CLOSED", NOWON + " RAISED");
    }

    @Test
    void plansOfOneBatchEndAsTheyDoOneByOne() throws SQLException {
        var plans = List.of(planned(1, NOWON, CHILD), planned(5, JONGNO, CHILD), planned(5, JONGNO, SIBLING));
        for (var order : List.of(plans, plans.reversed())) {
            start();
            hearing.handleTogether(order);

            assertThat(alerts("VISIT_PLANNED")).containsExactly(JONGNO + " RAISED", NOWON + " CLOSED");
        }
    }

    @Test
    void aVisitThatWasMadeTroublesNobodyWhereItMoved() throws SQLException {
        var made = event("VisitCompleted", CHILD, Map.of("version", 6, "districtCode", JONGNO, "outcome", "SAFE"));
        handle(planned(1, NOWON, CHILD), made);

        handle(planned(5, JONGNO, SIBLING));

        assertThat(alerts("VISIT_PLANNED")).containsExactly(JONGNO + " CLOSED", NOWON + " CLOSED");
    }

    @Test
    void oneThatAReleaseWithoutPlacesAlertedElsewhereAlertsWhereItMovedAllTheSame() throws SQLException {
        handle(planned(1, NOWON, CHILD));
        hearing.world.query("DELETE FROM visit_place RETURNING visit_id");

        handle(planned(5, JONGNO, CHILD));

        assertThat(alerts("VISIT_PLANNED")).containsExactly(JONGNO + " RAISED", NOWON + " RAISED");
        handle(planned(5, JONGNO, SIBLING), planned(6, JONGNO, CHILD));
        assertThat(alerts("VISIT_PLANNED")).containsExactly(JONGNO + " RAISED", NOWON + " RAISED");
        handle(event("VisitCompleted", CHILD, Map.of("version", 7, "districtCode", JONGNO, "outcome", "SAFE")));
        assertThat(alerts("VISIT_PLANNED")).containsExactly(JONGNO + " CLOSED", NOWON + " CLOSED");
    }

    private void handle(ReceivedEvent... events) throws SQLException {
        hearing.handleAll(events);
    }

    private List<String> alerts(String kind) throws SQLException {
        return hearing.alerts(kind);
    }

    private static ReceivedEvent planned(int version, String district, String child) {
        return event(
                "VisitPlanned",
                child,
                Map.of("version", version, "districtCode", district, "kind", "JOINT_WITH_POLICE", "urgent", true));
    }

    private static ReceivedEvent event(String topic, String child, Map<String, Object> changes) {
        var all = new HashMap<>(changes);
        all.put("childId", child);
        all.put("visitId", VISIT);
        return Hearing.event(topic, child, VISIT, "2026-11-20T05:30:00Z", all);
    }
}
