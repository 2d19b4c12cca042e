package org.jikimi.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Once a child is seen nobody is asked any more to see it, whichever visit that was and by whichever of its ids. */
class SeenTest {
    private static final String CHILD = "0197e5a0-0000-7000-8000-000000000001";
    private static final String ALIAS = "0197e5a0-0000-7000-8000-000000000002";
    private static final String OTHER_ALIAS = "0197e5a0-0000-7000-8000-000000000003";
    private static final String FIRST = "0197e5a0-0000-7000-8000-000000000004";
    private static final String NEXT = "0197e5a0-0000-7000-8000-000000000005";
    private static final String CLOCK = "0197e5a0-0000-7000-8000-000000000006";
    private static final String REPORT = "0197e5a0-0000-7000-8000-000000000007";

    private Hearing hearing;
    private EitherOrder orders;

    @BeforeEach
    void start() throws SQLException {
        hearing = new Hearing();
        orders = new EitherOrder(
                hearing.world.database,
                "SELECT DISTINCT concat_ws(' ', kind, child_id, state) FROM alert "
                        + "WHERE kind IN ('JOINT_VISIT_NEEDED', 'DEADLINE_APPROACHING', 'DEADLINE_BREACHED') ORDER BY 1");
    }

    @Test
    void whoIsSeenUnderTheIdThatSurvivesIsNotAskedForUnderTheAlias() throws SQLException {
        assertThat(everyOrder(missed(ALIAS, "02"), merged(ALIAS, 3, "03"), seen(CHILD, "04")))
                .containsExactly(List.of("DEADLINE_BREACHED " + ALIAS + " CLOSED"));
    }

    @Test
    void whoIsSeenUnderOneAliasIsNotAskedForUnderTheOther() throws SQLException {
        assertThat(everyOrder(
                        missed(CHILD, "01"),
                        missed(ALIAS, "02"),
                        merged(ALIAS, 3, "03"),
                        merged(OTHER_ALIAS, 4, "03"),
                        seen(OTHER_ALIAS, "04")))
                .containsExactly(
                        List.of("DEADLINE_BREACHED " + CHILD + " CLOSED", "DEADLINE_BREACHED " + ALIAS + " CLOSED"));
    }

    @Test
    void whoeverProvesToHaveBeenSeenUnderAnotherIdIsAskedForNoMore() throws SQLException {
        assertThat(everyOrder(missed(ALIAS, "02"), seen(CHILD, "03"), merged(ALIAS, 3, "04")))
                .containsExactly(List.of("DEADLINE_BREACHED " + ALIAS + " CLOSED"));
    }

    @Test
    void theCallForThePoliceIsToldOnceAndStaysWithItsId() throws SQLException {
        assertThat(everyOrder(refused(ALIAS, "02"), merged(ALIAS, 3, "03"), seen(CHILD, "04"), split(ALIAS, 4, "05")))
                .containsExactly(List.of("JOINT_VISIT_NEEDED " + ALIAS + " RAISED"));
        assertThat(everyOrder(refused(CHILD, "02"), seen(CHILD, "04")))
                .containsExactly(List.of("JOINT_VISIT_NEEDED " + CHILD + " CLOSED"));
    }

    @Test
    void whoWasSplitFromTheChildBeforeIsAskedForOnItsOwn() throws SQLException {
        var missed = missed(ALIAS, "01");
        var merged = merged(ALIAS, 3, "02");
        var split = split(ALIAS, 4, "03");
        var seen = seen(CHILD, "04");

        for (var order : List.of(
                List.of(missed, merged, split, seen),
                List.of(split, seen, missed, merged),
                List.of(merged, split, seen, missed))) {
            assertThat(orders.after(order, this::settles)).containsExactly("DEADLINE_BREACHED " + ALIAS + " RAISED");
        }
    }

    @Test
    void whoeverIsMissedAgainAfterwardsIsAskedForUnderTheAliasToo() throws SQLException {
        assertThat(everyOrder(merged(ALIAS, 3, "02"), seen(CHILD, "03"), missed(ALIAS, "04")))
                .containsExactly(List.of("DEADLINE_BREACHED " + ALIAS + " RAISED"));
    }

    @Test
    void theClocksOfAnEarlierVisitEndToo() throws SQLException {
        assertThat(everyOrder(
                        clock("DeadlineApproaching", CHILD, "VISIT", "02", "2026-11-25T00:00:00Z"),
                        clock("DeadlineApproaching", ALIAS, "VISIT", "02", "2026-11-25T00:00:00Z"),
                        merged(ALIAS, 3, "03"),
                        seen(CHILD, "04")))
                .containsExactly(List.of(
                        "DEADLINE_APPROACHING " + CHILD + " CLOSED", "DEADLINE_APPROACHING " + ALIAS + " CLOSED"));
        assertThat(everyOrder(
                        clock("DeadlineBreached", CHILD, "VISIT", "02", "2026-11-02T00:00:00Z"), seen(CHILD, "04")))
                .containsExactly(List.of("DEADLINE_BREACHED " + CHILD + " CLOSED"));
    }

    @Test
    void aClockThatIsHeardOfAfterwardsAndTheClocksOfAReportGoOn() throws SQLException {
        assertThat(everyOrder(
                        seen(CHILD, "04"),
                        clock("DeadlineApproaching", CHILD, "REPORT", "02", "2026-11-03T00:00:00Z"),
                        clock("DeadlineBreached", CHILD, "VISIT", "05", "2026-11-05T00:00:00Z")))
                .containsExactly(
                        List.of("DEADLINE_APPROACHING " + CHILD + " RAISED", "DEADLINE_BREACHED " + CHILD + " RAISED"));
    }

    @Test
    void anAliasOfWhichTheRegisterTellsADeathIsAskedForOnAsTheChildThatSurvives() throws SQLException {
        assertThat(everyOrder(
                        missed(CHILD, "02"), missed(ALIAS, "02"), merged(ALIAS, 3, "03"), died(ALIAS, "04", true)))
                .containsExactly(
                        List.of("DEADLINE_BREACHED " + CHILD + " RAISED", "DEADLINE_BREACHED " + ALIAS + " RAISED"));
        assertThat(everyOrder(missed(CHILD, "02"), died(ALIAS, "03", false), merged(ALIAS, 3, "04")))
                .containsExactly(List.of("DEADLINE_BREACHED " + CHILD + " RAISED"));
    }

    @Test
    void whoHasDiedIsAskedForUnderNoIdThatWasHeardToBeItsOwn() throws SQLException {
        assertThat(orders.after(
                        List.of(
                                missed(CHILD, "02"),
                                missed(ALIAS, "02"),
                                merged(ALIAS, 3, "03"),
                                died(CHILD, "04", false)),
                        this::settles))
                .containsExactly("DEADLINE_BREACHED " + CHILD + " CLOSED", "DEADLINE_BREACHED " + ALIAS + " CLOSED");
    }

    private Set<List<String>> everyOrder(ReceivedEvent... events) throws SQLException {
        return orders.afterEveryOrder(List.of(events), ReceivedEvent::id, this::settles)
                .keySet();
    }

    private boolean settles(ReceivedEvent event, Connection tx) throws SQLException {
        hearing.intake.handle(event, tx);
        return true;
    }

    private static ReceivedEvent refused(String child, String day) {
        return event(
                "VisitAttempted",
                child,
                day,
                Map.of("visitId", FIRST, "childId", child, "result", "REFUSED", "refusals", 2));
    }

    private static ReceivedEvent seen(String child, String day) {
        return event(
                "VisitCompleted",
                child,
                day,
                Map.of("visitId", NEXT, "childId", child, "state", "COMPLETED", "outcome", "SAFE", "seen", true));
    }

    private static ReceivedEvent died(String child, String day, boolean ofAlias) {
        return event(
                "ChildStatusChanged",
                child,
                day,
                Map.of(
                        "childId",
                        child,
                        "state",
                        "DECEASED",
                        "changedAt",
                        at(day),
                        "toldBefore",
                        false,
                        "ofAlias",
                        ofAlias));
    }

    /** A clock ran out that runs until the child is seen. */
    private static ReceivedEvent missed(String child, String day) {
        return clock("DeadlineBreached", child, "VISIT", day, at(day));
    }

    private static ReceivedEvent clock(String topic, String child, String subject, String day, String dueAt) {
        return event(
                topic,
                child,
                day,
                Map.of(
                        "clockId",
                        subject.equals("VISIT") ? CLOCK : REPORT,
                        "childId",
                        child,
                        "subjectType",
                        subject,
                        "subjectId",
                        subject.equals("VISIT") ? FIRST : REPORT,
                        "dueAt",
                        dueAt));
    }

    private static ReceivedEvent merged(String alias, int version, String day) {
        return tied("ChildIdentityMerged", "merged", alias, version, day);
    }

    private static ReceivedEvent split(String alias, int version, String day) {
        return tied("ChildIdentitySplit", "split", alias, version, day);
    }

    /** All of one district, so that nothing is handed over. */
    private static ReceivedEvent tied(String topic, String what, String alias, int version, String day) {
        return event(
                topic,
                CHILD,
                day,
                Map.of(
                        "childId",
                        CHILD,
                        "version",
                        version + 10,
                        "districtCode",
                        "11350",
                        what + "ChildId",
                        alias,
                        what + "ChildVersion",
                        version,
                        what + "DistrictCode",
                        "11350",
                        what + "At",
                        at(day)));
    }

    private static ReceivedEvent event(String topic, String key, String day, Map<String, Object> changes) {
        return Hearing.event(topic, key, FIRST, at(day), changes);
    }

    private static String at(String day) {
        return "2026-11-" + day + "T00:00:00Z";
    }
}
