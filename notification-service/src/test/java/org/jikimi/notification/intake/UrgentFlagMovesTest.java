package org.jikimi.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jikimi.notification.alert.AlertWorld;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The alert of an urgent flag stands with the officers of the district in which the child lives. */
class UrgentFlagMovesTest {
    private static final String CHILD = "0197e5a0-0000-7000-8000-000000000001";
    private static final String SURVIVOR = "0197e5a0-0000-7000-8000-000000000005";
    private static final String FLAG = "0197e5a0-0000-7000-8000-000000000002";
    private static final String NOWON = "11350";
    private static final String JONGNO = "11110";
    private static final String GANGNAM = "11680";

    private Hearing hearing;
    private AlertWorld world;

    @BeforeEach
    void start() throws SQLException {
        hearing = new Hearing();
        world = hearing.world;
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
            hearing.handleTogether(order);

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
    void theCallForAJointVisitAndTheWhereaboutsCheckGoAlongInWhateverOrderTheyAreHeard() throws SQLException {
        var refused = event("VisitAttempted", Map.of("result", "REFUSED", "refusals", 2, "districtCode", NOWON));
        var unlocated = event("ChildUnlocated", Map.of("state", "OPEN", "districtCode", NOWON));
        var moved = moved(2, NOWON, JONGNO);
        var states = "SELECT concat_ws(' ', kind, recipient_role, district_code, state) FROM alert ORDER BY 1";
        var orders = new EitherOrder(world.database, states);

        assertThat(everyOrder(orders, List.of(refused, unlocated, moved)))
                .containsExactly(List.of(
                        "JOINT_VISIT_NEEDED dong-officer 11110 RAISED",
                        "JOINT_VISIT_NEEDED dong-officer 11350 CLOSED",
                        "JOINT_VISIT_NEEDED police 11110 RAISED",
                        "JOINT_VISIT_NEEDED police 11350 CLOSED",
                        "WHEREABOUTS_CHECK police 11110 RAISED",
                        "WHEREABOUTS_CHECK police 11350 CLOSED"));
        var located = event("ChildUnlocated", Map.of("state", "LOCATED", "districtCode", JONGNO));
        handle(unlocated, moved, located);
        assertThat(open("WHEREABOUTS_CHECK")).isEmpty();
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

    @Test
    void itFollowsAMergeTheMovesOfTheChildThatSurvivesAndASplit() throws SQLException {
        var merged = tied("ChildIdentityMerged", "merged", 3, 7, JONGNO);
        var survivorMoved = moved(SURVIVOR, "2026-11-21T05:30:00Z", 8, JONGNO, GANGNAM);

        handle(flagged(NOWON), merged);
        assertThat(open()).containsExactly(JONGNO);
        handle(survivorMoved);
        assertThat(open()).containsExactly(GANGNAM);
        handle(tied("ChildIdentitySplit", "split", 4, 9, GANGNAM));
        assertThat(open()).containsExactly(NOWON);
        handle(moved(SURVIVOR, "2026-11-21T05:30:00Z", 10, GANGNAM, JONGNO));
        assertThat(open()).containsExactly(NOWON);
    }

    @Test
    void mergesMovesAndSplitsEndAlikeInWhateverOrderTheyAreHeard() throws SQLException {
        var merged = tied("ChildIdentityMerged", "merged", 3, 7, JONGNO);
        var survivorMoved = moved(SURVIVOR, "2026-11-21T05:30:00Z", 8, JONGNO, GANGNAM);
        var split = tied("ChildIdentitySplit", "split", 4, 9, GANGNAM);
        var afterwards = moved(SURVIVOR, "2026-11-21T05:30:00Z", 10, GANGNAM, JONGNO);
        var states = "SELECT district_code FROM alert WHERE kind = 'URGENT_FLAG' AND state <> 'CLOSED' ORDER BY 1";
        var orders = new EitherOrder(world.database, states);

        assertThat(everyOrder(orders, List.of(flagged(NOWON), merged, survivorMoved)))
                .containsExactly(List.of(GANGNAM));
        assertThat(everyOrder(orders, List.of(flagged(NOWON), merged, survivorMoved, split, afterwards)))
                .containsExactly(List.of(NOWON));
    }

    @Test
    void aMergeWithinADistrictLetsItFollowTheChildThatSurvives() throws SQLException {
        handle(flagged(NOWON), tied("ChildIdentityMerged", "merged", 3, 7, NOWON));

        handle(moved(SURVIVOR, "2026-11-21T05:30:00Z", 8, NOWON, GANGNAM));

        assertThat(alerts()).containsExactly(NOWON + " CLOSED", GANGNAM + " RAISED");
    }

    @Test
    void whoComesBackIsToldOfWhereTheChildLivesInWhateverOrderTheyAreHeard() throws SQLException {
        var refused = event("VisitAttempted", Map.of("result", "REFUSED", "refusals", 2, "districtCode", NOWON));
        var again = event("VisitAttempted", Map.of("result", "REFUSED", "refusals", 3, "districtCode", NOWON));
        var states = "SELECT DISTINCT concat_ws(' ', kind, recipient_role, district_code) FROM alert "
                + "WHERE state <> 'CLOSED' ORDER BY 1";
        var orders = new EitherOrder(world.database, states);

        assertThat(everyOrder(
                        orders,
                        List.of(flagged(NOWON), refused, again, moved(2, NOWON, JONGNO), moved(3, JONGNO, NOWON))))
                .containsExactly(List.of(
                        "JOINT_VISIT_NEEDED dong-officer 11350",
                        "JOINT_VISIT_NEEDED police 11350",
                        "URGENT_FLAG dong-officer 11350"));
    }

    @Test
    void whoComesAndGoesWithinABatchIsToldOfWhereTheChildIsLast() throws SQLException {
        hearing.handleTogether(
                List.of(flagged(NOWON), moved(2, NOWON, JONGNO), moved(3, JONGNO, NOWON), moved(4, NOWON, JONGNO)));

        assertThat(open()).containsExactly(JONGNO);
    }

    @Test
    void whatHappensInADistrictBeforeItHearsOfTheMoveGoesAlongWhateverTheClocksSay() throws SQLException {
        var later = Hearing.event(
                "ChildUnlocated",
                CHILD,
                FLAG,
                "2026-11-21T05:30:02Z",
                Map.of("childId", CHILD, "state", "OPEN", "districtCode", NOWON));

        handle(moved(2, NOWON, JONGNO), later);

        assertThat(open("WHEREABOUTS_CHECK")).containsExactly(JONGNO);
    }

    @Test
    void ofTwoCallsThatBecomeOneTheSoonerStands() throws SQLException {
        handle(
                event("ChildUnlocated", Map.of("state", "OPEN", "districtCode", NOWON)),
                event("ChildUnlocated", Map.of("state", "POLICE_REQUESTED", "districtCode", NOWON)));
        var soonest = "SELECT DISTINCT min(act_by) OVER () FROM alert WHERE kind = 'WHEREABOUTS_CHECK'";
        var before = world.query(soonest);

        handle(moved(2, NOWON, JONGNO));

        assertThat(world.query("SELECT act_by FROM alert WHERE kind = 'WHEREABOUTS_CHECK' AND state <> 'CLOSED'"))
                .isEqualTo(before);
    }

    @Test
    void aMergeThatIsHeardAfterTheErasureBringsNothingBack() throws SQLException {
        handle(event("ChildErased", Map.of("aliasIds", List.of())));

        handle(tied("ChildIdentityMerged", "merged", 3, 7, JONGNO));

        assertThat(world.query("SELECT * FROM child_move")).isEmpty();
    }

    private Set<List<String>> everyOrder(EitherOrder orders, List<ReceivedEvent> events) throws SQLException {
        return orders.afterEveryOrder(events, event -> event.topic() + event.key(), (event, tx) -> {
                    hearing.intake.handle(event, tx);
                    return true;
                })
                .keySet();
    }

    /** A merge or a split of the flagged child, whose own district is Nowon. */
    private static ReceivedEvent tied(
            String topic, String what, int version, int survivorVersion, String survivorsDistrict) {
        return event(
                topic,
                SURVIVOR,
                Map.of(
                        "version",
                        survivorVersion,
                        "districtCode",
                        survivorsDistrict,
                        what + "ChildId",
                        CHILD,
                        what + "ChildVersion",
                        version,
                        what + "DistrictCode",
                        NOWON,
                        what + "At",
                        "2026-11-21T05:30:00Z"));
    }

    private void handle(ReceivedEvent... events) throws SQLException {
        hearing.handleAll(events);
    }

    private List<String> alerts() throws SQLException {
        return hearing.alerts("URGENT_FLAG");
    }

    private List<String> open() throws SQLException {
        return open("URGENT_FLAG");
    }

    private List<String> open(String kind) throws SQLException {
        return world.query(
                "SELECT district_code FROM alert WHERE kind = '%s' AND state <> 'CLOSED' ORDER BY 1".formatted(kind));
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
        return moved(CHILD, at, version, from, to);
    }

    private static ReceivedEvent moved(String child, String at, int version, String from, String to) {
        return event(
                "ChildMoved",
                child,
                Map.of(
                        "version", version,
                        "fromDistrictCode", from,
                        "districtCode", to,
                        "openWork", false,
                        "movedAt", at));
    }

    private static ReceivedEvent event(String topic, Map<String, Object> changes) {
        return event(topic, CHILD, changes);
    }

    private static ReceivedEvent event(String topic, String child, Map<String, Object> changes) {
        var all = new HashMap<>(changes);
        all.put("childId", child);
        return Hearing.event(topic, child, FLAG, "2026-11-20T05:30:00Z", all);
    }
}
