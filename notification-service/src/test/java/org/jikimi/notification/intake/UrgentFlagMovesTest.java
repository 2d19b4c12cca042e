package org.jikimi.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jikimi.notification.alert.AlertWorld;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The alert of an urgent flag stands with the officers of the district in which the child lives. */
class UrgentFlagMovesTest {
    private static final String CHILD = "0197e5a0-0000-7000-8000-000000000001";
    private static final String FLAG = "0197e5a0-0000-7000-8000-000000000002";
    private static final String NOWON = "11350";
    private static final String JONGNO = "11110";
    private static final String GANGNAM = "11680";

    private AlertWorld world;
    private AlertIntake intake;

    @BeforeEach
    void start() throws SQLException {
        world = new AlertWorld();
        intake = world.intake();
    }

    @Test
    void itIsClosedInTheDistrictThatTheChildLeftAndRaisedInTheOtherInWhateverOrderTheyAreHeard() throws SQLException {
        var flagged = flagged(NOWON);
        var moved = moved(2, NOWON, JONGNO);

        handle(flagged, moved);

        assertThat(alerts()).containsExactly(JONGNO + " RAISED", NOWON + " CLOSED");
        assertThat(world.query("SELECT act_by AT TIME ZONE 'UTC' FROM alert WHERE state = 'RAISED'"))
                .containsExactly("2026-11-21 07:30:00");
        assertThat(world.query("SELECT count(*) FROM delivery")).containsExactly("2");
        assertThat(world.query("SELECT DISTINCT correlation_id FROM alert")).containsExactly(FLAG);
        var inOrder = all();
        start();
        handle(moved, flagged);
        assertThat(all()).isEqualTo(inOrder);
    }

    @Test
    void theEventsOfABatchEndAsTheyDoOneByOne() throws SQLException {
        var events = List.of(flagged(NOWON), moved(2, NOWON, JONGNO), moved(3, JONGNO, GANGNAM));
        for (var order : List.of(events, events.reversed(), List.of(events.get(1), events.get(0), events.get(2)))) {
            start();
            handle(order.toArray(ReceivedEvent[]::new));
            var oneByOne = all();
            start();
            world.transactions.run(tx -> {
                var batch = intake.begin();
                for (var event : order) {
                    assertThat(batch.handle(event, tx)).isEqualTo(Outcome.APPLIED);
                }
                batch.finish(tx);
                return true;
            });

            assertThat(all()).isEqualTo(oneByOne);
            assertThat(open()).containsExactly(GANGNAM);
        }
    }

    @Test
    void aChildWhoComesBackIsToldOfToTheFirstOfficersOnceMore() throws SQLException {
        handle(flagged(NOWON), moved(2, NOWON, JONGNO), moved(3, JONGNO, NOWON));

        assertThat(alerts()).containsExactly(JONGNO + " CLOSED", NOWON + " CLOSED", NOWON + " RAISED");
    }

    @Test
    void aFlagOfTheNewDistrictStaysThereThoughItIsHeardBeforeTheMove() throws SQLException {
        handle(flagged(JONGNO), moved(2, NOWON, JONGNO));

        assertThat(alerts()).containsExactly(JONGNO + " RAISED");
    }

    @Test
    void movesBeforeTheFlagLeadNowhere() throws SQLException {
        handle(movedAt("2020-01-01T00:00:00Z", 2, NOWON, JONGNO));
        handle(movedAt("2021-01-01T00:00:00Z", 3, JONGNO, NOWON));

        handle(flagged(NOWON));

        assertThat(alerts()).containsExactly(NOWON + " RAISED");
    }

    @Test
    void aMoveWithinADistrictChangesNothing() throws SQLException {
        handle(flagged(NOWON), moved(2, NOWON, NOWON));

        assertThat(alerts()).containsExactly(NOWON + " RAISED");
    }

    @Test
    void somebodyAtTheDoorAnswersItInBothDistricts() throws SQLException {
        var atTheDoor = event("VisitAttempted", Map.of("flagId", FLAG, "result", "NO_ANSWER"));
        handle(flagged(NOWON), moved(2, NOWON, JONGNO), atTheDoor);
        assertThat(open()).isEmpty();
        start();
        handle(flagged(NOWON), atTheDoor, moved(2, NOWON, JONGNO));
        assertThat(alerts()).containsExactly(NOWON + " CLOSED");
        start();
        handle(atTheDoor, moved(2, NOWON, JONGNO), flagged(NOWON));
        assertThat(open()).isEmpty();
    }

    @Test
    void itWasAcknowledgedByThoseWhoLoseItAndIsRaisedForTheOthersAllTheSame() throws SQLException {
        handle(flagged(NOWON));
        world.query("UPDATE alert SET state = 'ACKNOWLEDGED' RETURNING id");

        handle(moved(2, NOWON, JONGNO));

        assertThat(alerts()).containsExactly(JONGNO + " RAISED", NOWON + " CLOSED");
    }

    @Test
    void aMoveThatARestoredSourceSendsAgainHandsOverQuietly() throws SQLException {
        handle(flagged(NOWON));
        var moved = moved(2, NOWON, JONGNO);
        var headers = new HashMap<>(moved.headers());
        headers.put("ce_resent", "true");

        handle(new ReceivedEvent(moved.id(), moved.topic(), 0, 0, moved.key(), headers, moved.payload()));

        assertThat(alerts()).containsExactly(JONGNO + " RAISED", NOWON + " CLOSED");
        assertThat(world.query("SELECT count(*) FROM delivery")).containsExactly("1");
    }

    private void handle(ReceivedEvent... events) throws SQLException {
        for (var event : events) {
            Outcome outcome = world.transactions.run(tx -> intake.handle(event, tx));
            assertThat(outcome).isEqualTo(Outcome.APPLIED);
        }
    }

    private List<String> alerts() throws SQLException {
        return world.query("SELECT district_code || ' ' || state FROM alert WHERE kind = 'URGENT_FLAG' ORDER BY 1");
    }

    private List<String> open() throws SQLException {
        return world.query(
                "SELECT district_code FROM alert WHERE kind = 'URGENT_FLAG' AND state <> 'CLOSED' ORDER BY 1");
    }

    private List<String> all() throws SQLException {
        var all = new ArrayList<>(world.query("""
                SELECT concat_ws(' ', id, kind, state, district_code, subject_id, party, event_id, act_by) FROM alert
                UNION ALL SELECT concat_ws(' ', id, mailbox, priority, subject) FROM delivery
                UNION ALL SELECT concat_ws(' ', type, count(*)) FROM outbox GROUP BY type
                ORDER BY 1"""));
        assertThat(all).isNotEmpty();
        return all;
    }

    private static ReceivedEvent flagged(String district) {
        return event(
                "ChildFlagged",
                Map.of("flagId", FLAG, "urgent", true, "districtCode", district, "flaggedAt", "2026-11-20T05:30:00Z"));
    }

    private static ReceivedEvent moved(int version, String from, String to) {
        return movedAt("2026-11-21T05:30:00Z", version, from, to);
    }

    private static ReceivedEvent movedAt(String at, int version, String from, String to) {
        return event(
                "ChildMoved",
                Map.of(
                        "version", version,
                        "fromDistrictCode", from,
                        "districtCode", to,
                        "openWork", false,
                        "movedAt", at));
    }

    private static ReceivedEvent event(String topic, Map<String, Object> changes) {
        var type = Goldens.type(topic);
        var all = new HashMap<>(changes);
        all.put("childId", CHILD);
        var headers = Map.of("ce_type", type.ceType(), "ce_correlationid", FLAG, "ce_time", "2026-11-20T05:30:00Z");
        return new ReceivedEvent(EventIds.next(), topic, 0, 0, CHILD, headers, Goldens.payload(type, all));
    }
}
