package org.jikimi.cases.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jikimi.cases.TestDatabase;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.investigation.InvestigationParts;
import org.jikimi.cases.report.ReportParts;
import org.jikimi.cases.report.Urgency;
import org.jikimi.cases.timeline.ReadTimeline;
import org.jikimi.contracts.EventTypes;
import org.jikimi.contracts.screening.v1.ChildFlagged;
import org.jikimi.contracts.screening.v1.ChildIdentityMerged;
import org.jikimi.contracts.screening.v1.ChildIdentitySplit;
import org.jikimi.contracts.screening.v1.ChildMoved;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.rest.Cursor;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.Test;

/** Two ids prove to be one child: each keeps its rows, and who works for the child sees them all. */
class ChildIdentityTest {
    private static final UUID CHILD = TestWorld.id(1);
    private static final UUID ALIAS = TestWorld.id(5);
    private static final Instant AT = Instant.parse("2026-11-03T00:00:00Z");
    private static final String NEW = "11110";
    private static final String ELSEWHERE = "11680";

    private final Hearing hearing = new Hearing();
    private final TestWorld world = hearing.world;
    private final ReportParts reports = hearing.reports;
    private final InvestigationParts investigations = hearing.investigations;
    private final CaseIntake intake = hearing.intake;

    ChildIdentityTest() throws SQLException {}

    @Test
    void theStoryOfBothIsOneUntilTheyAreSplit() throws SQLException {
        world.run(tx -> reports.by112(tx, CHILD, Urgency.URGENT));
        world.run(tx -> reports.by112(tx, ALIAS, Urgency.URGENT));
        var apart = reported(CHILD);

        handle(merged(2));
        var asChild = reported(CHILD);
        var asAlias = reported(ALIAS);
        handle(split(3));

        assertThat(List.of(apart, asChild, asAlias, reported(CHILD), reported(ALIAS)))
                .containsExactly(1L, 2L, 2L, 1L, 1L);
    }

    @Test
    void anInvestigationOfTheChildTakesInWhatWasReportedOfTheAlias() throws SQLException {
        world.run(tx -> reports.by112(tx, ALIAS, Urgency.URGENT));
        handle(merged(2));

        world.run(tx -> investigations.measureFor(tx, reports.by112(tx, CHILD, Urgency.URGENT)));

        assertThat(world.query("SELECT DISTINCT state FROM report")).containsExactly("UNDER_INVESTIGATION");
    }

    @Test
    void aChildWhoseAliasHasACaseFileGetsNoSecondOne() throws SQLException {
        world.run(tx -> investigations.findsAbuse(tx, reports.by112(tx, ALIAS, Urgency.URGENT)));
        handle(merged(2));

        world.run(tx -> investigations.findsAbuse(tx, reports.by112(tx, CHILD, Urgency.URGENT)));

        assertThat(world.query("SELECT child_id FROM case_file")).containsExactly(ALIAS.toString());
    }

    @Test
    void workOfTheAliasGoesWhereTheChildMovesWhicheverIsHeardFirst() throws SQLException {
        world.run(tx -> reports.by112(tx, ALIAS, Urgency.URGENT));
        var orders = new EitherOrder(world.database, "SELECT district_code FROM report");

        assertThat(orders.after(List.of(merged(2), moved()), this::settles))
                .isEqualTo(orders.after(List.of(moved(), merged(2)), this::settles))
                .containsExactly(NEW);
    }

    @Test
    void workOfAnIdThatBecomesAnAliasGoesWhereTheChildLivesWhateverIsHeardFirst() throws Exception {
        reportedIn(ELSEWHERE, ALIAS);
        var orders = new EitherOrder(world.database, "SELECT district_code FROM report");
        var merged = mergedFromElsewhere(2);

        assertThat(orders.after(List.of(merged), this::settles)).containsExactly(TestWorld.DISTRICT);
        assertThat(orders.after(List.of(merged, moved()), this::settles))
                .isEqualTo(orders.after(List.of(moved(), merged), this::settles))
                .containsExactly(NEW);
    }

    @Test
    void workOfAnIdThatIsSplitAgainGoesHomeWhateverIsHeardFirst() throws Exception {
        reportedIn(ELSEWHERE, ALIAS);
        var orders = new EitherOrder(world.database, "SELECT district_code FROM report");
        var merged = mergedFromElsewhere(2);
        var split = splitTo(3, NEW);

        for (var order : List.of(
                List.of(merged, moved(), split),
                List.of(merged, split, moved()),
                List.of(moved(), merged, split),
                List.of(split, merged, moved()))) {
            assertThat(orders.after(order, this::settles)).containsExactly(ELSEWHERE);
        }
    }

    @Test
    void workOfAnIdThatIsAnAliasOfAnotherChildNowFollowsThatOneWhateverIsHeardFirst() throws SQLException {
        reportedIn(ELSEWHERE, ALIAS);
        var ends = new EitherOrder(world.database, "SELECT district_code || ' ' || dong_code FROM report")
                .afterEveryOrder(
                        List.of(
                                mergedFromElsewhere(2),
                                splitTo(3, TestWorld.DISTRICT),
                                merged(4, TestWorld.id(6), NEW),
                                moved(CHILD, 5, TestWorld.DISTRICT, "11440")),
                        ReceivedEvent::id,
                        this::settles);

        assertThat(ends.keySet()).containsExactly(List.of(NEW + " " + NEW + "51500"));
    }

    @Test
    void anIdThatBecomesAnAliasGoesStraightToWhereTheChildLives() throws SQLException {
        handle(moved(CHILD, 2, TestWorld.DISTRICT, NEW));
        handle(moved(CHILD, 3, NEW, TestWorld.DISTRICT));
        handle(flagged(101, ELSEWHERE));

        handle(mergedFromElsewhere(4));

        assertThat(world.events("VisitPlanned", "districtCode")).containsExactly(ELSEWHERE, TestWorld.DISTRICT);
    }

    @Test
    void whatIsToldOfTheOldHomeOfAnIdThatWasSplitGoesToItsNewOne() throws SQLException {
        var orders = new EitherOrder(world.database, "SELECT district_code FROM visit");
        var merged = mergedFromElsewhere(2);
        var split = event(new ChildIdentitySplit(
                CHILD,
                3,
                "RESIDENT",
                TestWorld.DISTRICT,
                ALIAS,
                3,
                TestWorld.DONG,
                TestWorld.id(901),
                NEW,
                NEW + "51500",
                AT));
        var flagged = flagged(101, ELSEWHERE);

        for (var order : List.of(
                List.of(flagged, merged, split), List.of(merged, flagged, split), List.of(merged, split, flagged))) {
            assertThat(orders.after(order, this::settles)).containsExactly(NEW);
        }
    }

    private void reportedIn(String district, UUID child) throws SQLException {
        world.run(tx -> reports.by112(tx, child, Urgency.URGENT));
        TestDatabase.execute(
                world.database,
                "UPDATE report SET district_code = '" + district + "', dong_code = '" + district + "51500'");
    }

    @Test
    void workOfTheAliasMovesOnceNobodyElseIsAtIt() throws Exception {
        world.run(tx -> reports.by112(tx, ALIAS, Urgency.URGENT));
        handle(merged(2));
        try (var inbox = Executors.newSingleThreadExecutor()) {
            var moving = world.get(tx -> {
                KeyLocks.lock(tx, List.of(ALIAS.toString()));
                var waiting = inbox.submit(() -> world.get(other -> intake.handle(moved(), other)));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> waiting.isDone()
                                || !world.query("SELECT 1 FROM pg_locks WHERE NOT granted")
                                        .isEmpty());
                assertThat(waiting.isDone()).isFalse();
                return waiting;
            });
            assertThat((Object) moving.get()).isEqualTo(Outcome.APPLIED);
        }
        assertThat(world.query("SELECT district_code FROM report")).containsExactly(NEW);
    }

    @Test
    void whereAnIdWentThatBecameAnAliasTheChildDidNotGoWhicheverIsHeardFirst() throws SQLException {
        world.run(tx -> reports.by112(tx, CHILD, Urgency.URGENT));
        world.run(tx -> reports.by112(tx, ALIAS, Urgency.URGENT));
        var orders = new EitherOrder(
                world.database, "SELECT child_id || ' ' || district_code FROM report ORDER BY child_id");

        assertThat(orders.after(List.of(merged(4), moved(ALIAS)), this::settles))
                .isEqualTo(orders.after(List.of(moved(ALIAS), merged(4)), this::settles))
                .containsExactlyInAnyOrder(CHILD + " " + TestWorld.DISTRICT, ALIAS + " " + NEW);
    }

    @Test
    void aMergeAndASplitEndAlikeInEitherOrder() throws SQLException {
        var orders = new EitherOrder(world.database, "SELECT alias_id || ' ' || active FROM child_alias");

        assertThat(orders.after(List.of(merged(2), split(3)), this::settles))
                .isEqualTo(orders.after(List.of(split(3), merged(2)), this::settles))
                .containsExactly(ALIAS + " false");
        assertThat(orders.after(List.of(merged(4), split(3)), this::settles))
                .isEqualTo(orders.after(List.of(split(3), merged(4)), this::settles))
                .containsExactly(ALIAS + " true");
    }

    private long reported(UUID child) throws SQLException {
        return world.get(tx ->
                        new ReadTimeline().read(tx, child, new Cursor("tester", "timeline", List.of(), 50)).stream())
                .filter(line -> line.what().equals("AbuseReported"))
                .count();
    }

    private boolean settles(ReceivedEvent event, Connection tx) throws SQLException {
        return !(intake.handle(event, tx) instanceof Outcome.Early);
    }

    private void handle(ReceivedEvent event) throws SQLException {
        world.run(tx -> intake.handle(event, tx));
    }

    private static ReceivedEvent merged(long version) {
        return event(new ChildIdentityMerged(
                CHILD, version, "RESIDENT", TestWorld.DISTRICT, ALIAS, version, null, null, null, null, AT));
    }

    private static ReceivedEvent split(long version) {
        return event(new ChildIdentitySplit(
                CHILD, version, "RESIDENT", TestWorld.DISTRICT, ALIAS, version, null, null, null, null, AT));
    }

    /** The child lives where the tests' work is, the alias somewhere else. */
    private static ReceivedEvent mergedFromElsewhere(long version) {
        return event(new ChildIdentityMerged(
                CHILD,
                version,
                "RESIDENT",
                TestWorld.DISTRICT,
                ALIAS,
                version,
                TestWorld.DONG,
                TestWorld.id(900),
                ELSEWHERE,
                ELSEWHERE + "51500",
                AT));
    }

    private static ReceivedEvent splitTo(long version, String childsDistrict) {
        return event(new ChildIdentitySplit(
                CHILD,
                version,
                "RESIDENT",
                childsDistrict,
                ALIAS,
                version,
                childsDistrict + "51500",
                TestWorld.id(901),
                ELSEWHERE,
                ELSEWHERE + "51500",
                AT));
    }

    /** The alias, which lives elsewhere, is taken for a child. */
    private static ReceivedEvent merged(long version, UUID child, String district) {
        return event(new ChildIdentityMerged(
                child,
                version,
                "RESIDENT",
                district,
                ALIAS,
                version,
                district + "51500",
                TestWorld.id(903),
                ELSEWHERE,
                ELSEWHERE + "51500",
                AT));
    }

    private static ReceivedEvent flagged(int flag, String district) {
        return event(new ChildFlagged(
                TestWorld.id(flag),
                1,
                "FLAGGED",
                ALIAS,
                district,
                district + "51500",
                TestWorld.id(901),
                List.of(),
                null,
                null,
                90,
                List.of(),
                null,
                false,
                "2026.1",
                LocalDate.of(2026, 11, 1),
                AT));
    }

    private static ReceivedEvent moved(UUID child, long version, String from, String to) {
        return event(new ChildMoved(
                child, version, "RESIDENT", to, dong(to), from, dong(from), TestWorld.id(900), true, AT));
    }

    private static String dong(String district) {
        return district.equals(TestWorld.DISTRICT) ? TestWorld.DONG : district + "51500";
    }

    private static ReceivedEvent moved() {
        return moved(CHILD);
    }

    private static ReceivedEvent moved(UUID id) {
        return event(new ChildMoved(
                id,
                3,
                "RESIDENT",
                NEW,
                NEW + "51500",
                TestWorld.DISTRICT,
                TestWorld.DONG,
                TestWorld.id(900),
                true,
                AT));
    }

    private static ReceivedEvent event(Record data) {
        var type = EventTypes.of(data.getClass());
        return new ReceivedEvent(
                EventIds.next(),
                type.topic(),
                0,
                0,
                CHILD.toString(),
                Map.of("ce_type", type.ceType()),
                Json.write(data));
    }
}
