package org.jikimi.cases.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jikimi.cases.TestDatabase;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.casefile.CaseParts;
import org.jikimi.cases.casefile.MoveCase;
import org.jikimi.cases.investigation.InvestigationParts;
import org.jikimi.cases.investigation.MoveInvestigations;
import org.jikimi.cases.report.ReportParts;
import org.jikimi.cases.report.Urgency;
import org.jikimi.cases.visit.VisitOutcome;
import org.jikimi.cases.visit.VisitParts;
import org.jikimi.contracts.EventTypes;
import org.jikimi.contracts.screening.v1.ChildErased;
import org.jikimi.contracts.screening.v1.ChildFlagged;
import org.jikimi.contracts.screening.v1.ChildIdentityMerged;
import org.jikimi.contracts.screening.v1.ChildIdentitySplit;
import org.jikimi.contracts.screening.v1.ChildMoved;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.due.DueRunner;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.inbox.Inbox;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registry has erased a child: what case-service keeps of it goes too, and whoever else is in it stays. */
class ChildErasedTest {
    private static final UUID CHILD = TestWorld.id(1);
    private static final UUID SIBLING = TestWorld.id(2);
    private static final UUID ALIAS = TestWorld.id(5);
    private static final Instant AT = Instant.parse("2026-11-03T00:00:00Z");
    private static final String MARK = "표시된 글";

    /** What may still tell the pseudonym: that it was erased, and what was told before, which goes by itself. */
    private static final String KNOWS_IDS = "^(subject_key|outbox.*|inbox(_[ow].*)?|audit.*|flyway.*)$";

    private TestWorld world;
    private ReportParts reports;
    private InvestigationParts investigations;
    private VisitParts visits;
    private CaseIntake intake;
    private Inbox inbox;
    private long offset;

    @BeforeEach
    void start() throws SQLException {
        world = new TestWorld();
        reports = new ReportParts(world);
        visits = new VisitParts(world, reports);
        var cases = new CaseParts(world);
        investigations = new InvestigationParts(world, reports, visits, cases);
        var move = new MoveWork(visits.move, reports.follow, new MoveInvestigations(), new MoveCase(), world.clocks);
        intake = new CaseIntake(move, cases.follow, investigations.placements, world.chronicle, world.erase);
        inbox = new Inbox("case", Transactions.of(world.database), new Outbox(), intake, step -> {});
        offset = 0;
    }

    @Test
    void whatWasWrittenOfTheChildIsNowhereAndTheErasureIsAcknowledged() throws SQLException {
        visited();
        sealEverywhere();
        world.run(tx -> intake.handle(MovingEvents.registered(2, CHILD, "EMIGRATED"), tx));
        assertThat(traces(CHILD)).contains("case_entry by its file", "child_status", "report", "visit");
        assertThat(readable()).isTrue();

        receive(erased(List.of()));

        assertThat(traces(CHILD)).isEmpty();
        assertThat(readable()).isFalse();
        assertThat(world.events("CaseDataErased", "childId")).containsExactly(CHILD.toString());
    }

    @Test
    void aVisitStaysForTheSiblingWithoutTheChildAndWithoutTheNote() throws SQLException {
        visited();
        execute("UPDATE visit SET note = '\\x01'");

        receive(erased(List.of()));

        assertThat(world.query("SELECT child_ids::text || (note IS NULL) || jsonb_array_length(children) FROM visit"))
                .containsExactly("{" + SIBLING + "}true1");
        assertThat(world.query("SELECT DISTINCT child_id FROM timeline_entry")).containsExactly(SIBLING.toString());
    }

    @Test
    void aLaterVisitOfASiblingIsAnotherOneThanTheErasedAndIsWrittenOf() throws SQLException {
        var erased = visits.visited(VisitParts.flag(TestWorld.id(101), CHILD, false, 0), "before");
        receive(erased(List.of()));

        var later = visits.visited(VisitParts.flag(TestWorld.id(102), SIBLING, false, 48), "after");

        assertThat(later).isNotEqualTo(erased);
        assertThat(visits.note(later)).contains("after");
    }

    @Test
    void aFlagHeardWhileItsSiblingIsErasedPlansAVisitWithoutThatOne() throws Exception {
        var heard = event(new ChildFlagged(
                TestWorld.id(102),
                1,
                "FLAGGED",
                SIBLING,
                TestWorld.DISTRICT,
                TestWorld.DONG,
                TestWorld.id(900),
                List.of(CHILD),
                null,
                null,
                90,
                List.of(),
                null,
                true,
                "m1",
                LocalDate.parse("2026-11-02"),
                AT));
        try (var consumer = Executors.newSingleThreadExecutor()) {
            var hearing = world.get(tx -> {
                world.erase.erase(tx, CHILD, List.of());
                var waiting = consumer.submit(() -> world.get(other -> intake.handle(heard, other)));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> waiting.isDone()
                                || !world.query("SELECT 1 FROM pg_locks WHERE NOT granted")
                                        .isEmpty());
                return waiting;
            });
            assertThat((Object) hearing.get()).isEqualTo(Outcome.APPLIED);
        }

        assertThat(world.query("SELECT child_ids FROM visit")).containsExactly("{" + SIBLING + "}");
        assertThat(traces(CHILD)).isEmpty();
    }

    @Test
    void anAliasGoesWithTheChild() throws SQLException {
        visited();
        closedReport(ALIAS);
        handle(new ChildIdentityMerged(CHILD, 3, "RESIDENT", TestWorld.DISTRICT, ALIAS, 2, null, null, null, null, AT));

        receive(erased(List.of(ALIAS)));

        assertThat(traces(CHILD)).isEmpty();
        assertThat(traces(ALIAS)).isEmpty();
    }

    @Test
    void repeatingItIsHarmless() throws SQLException {
        visited();
        receive(erased(List.of()));
        var left = world.query("SELECT v::text FROM visit v");

        receive(erased(List.of()));

        assertThat(world.query("SELECT v::text FROM visit v")).isEqualTo(left);
        assertThat(traces(CHILD)).isEmpty();
    }

    @Test
    void whateverElseIsHeardOfTheChildBeforeOrAfterLeavesNothingBehind() throws SQLException {
        var orders = new EitherOrder(
                world.database,
                "SELECT child_id::text FROM child_move UNION ALL "
                        + "SELECT alias_id::text FROM child_alias UNION ALL SELECT child_id::text FROM timeline_entry");
        var moved = event(new ChildMoved(
                CHILD,
                2,
                "RESIDENT",
                "11110",
                "1111051500",
                TestWorld.DISTRICT,
                TestWorld.DONG,
                TestWorld.id(900),
                true,
                AT));
        var merged = event(new ChildIdentityMerged(
                CHILD, 3, "RESIDENT", TestWorld.DISTRICT, ALIAS, 2, null, null, null, null, AT));
        var erased = event(erased(List.of(ALIAS)));

        assertThat(orders.after(List.of(moved, merged, erased), this::settles)).isEmpty();
        assertThat(orders.after(List.of(erased, moved, merged), this::settles)).isEmpty();
        assertThat(orders.after(List.of(moved, erased, merged), this::settles)).isEmpty();
    }

    /** The survivor moved, was told from the alias again, and was erased; the alias lives, and there is work for it. */
    @Test
    void whoeverWasAnAliasOfTheChildAndLivesGoesHomeInWhateverOrderThatIsHeard() throws SQLException {
        world.run(tx -> reports.by112(tx, ALIAS, Urgency.URGENT));
        execute("UPDATE report SET district_code = '11680', dong_code = '1168051500'");
        var ends = new EitherOrder(world.database, """
                SELECT district_code || ' ' || dong_code FROM report
                UNION ALL SELECT a::text FROM child_alias a
                UNION ALL SELECT 'of the child: ' || child_id FROM timeline_entry WHERE child_id = '%1$s'
                UNION ALL SELECT 'of the child: ' || child_id FROM child_move WHERE child_id = '%1$s' OR by_merge
                """.formatted(CHILD))
                .afterEveryOrder(
                        List.of(
                                event(merged(2)),
                                event(new ChildMoved(
                                        CHILD,
                                        5,
                                        "RESIDENT",
                                        "11110",
                                        "1111051500",
                                        TestWorld.DISTRICT,
                                        TestWorld.DONG,
                                        TestWorld.id(902),
                                        true,
                                        AT)),
                                event(split(3)),
                                event(erased(List.of()))),
                        ReceivedEvent::id,
                        this::settles);

        assertThat(ends.keySet()).containsExactly(List.of("11680 1168051500", "(" + ALIAS + "," + ALIAS + ",3,f)"));
    }

    @Test
    void aSplitThatWaitsBehindAFailedEventOfTheErasedChildIsHeardOfTheOneWhoLives() throws SQLException {
        receive(merged(2));
        receive(strange(3));
        receive(split(3));
        assertThat(world.query("SELECT reason FROM inbox_parked ORDER BY seq")).containsExactly("FAILED", "BEHIND");

        receive(erased(List.of()));

        assertThat(world.query("SELECT reason FROM inbox_parked")).isEmpty();
        assertThat(world.query("SELECT version || ' ' || active FROM child_alias"))
                .containsExactly("3 false");
        assertThat(traces(CHILD)).isEmpty();
    }

    @Test
    void anAliasThatWasSplitAndErasedLeavesNothingBehindInTheNameOfTheOther() throws SQLException {
        var orders = new EitherOrder(
                world.database,
                "SELECT alias_id::text FROM child_alias UNION ALL SELECT child_id::text FROM child_move");
        var erased = event(new ChildErased(ALIAS, 4, "ERASED", List.of(), AT, AT.plus(Duration.ofDays(35))));

        assertThat(orders.afterEveryOrder(
                                List.of(event(merged(2)), event(split(3)), erased), ReceivedEvent::id, this::settles)
                        .keySet())
                .containsExactly(List.of());
    }

    @Test
    void aFailedEventOfTheChildNeitherHoldsTheErasureUpNorOutlivesIt() throws SQLException {
        receive(strange(2));
        assertThat(world.query("SELECT reason FROM inbox_parked")).containsExactly("FAILED");

        receive(erased(List.of()));

        assertThat(world.query("SELECT reason FROM inbox_parked")).isEmpty();
        assertThat(world.events("CaseDataErased")).hasSize(1);
    }

    @Test
    void workOfWhichTheRegistryHadNotHeardIsKeptAndTheErasureWaitsForItsEnd() throws SQLException {
        world.run(tx -> reports.by112(tx, CHILD, Urgency.URGENT));
        receive(erased(List.of()));
        assertThat(traces(CHILD)).contains("report");
        assertThat(world.events("CaseDataErased")).isEmpty();

        execute("UPDATE report SET state = 'CLOSED'");
        world.clock.passes(Duration.ofDays(1));
        new DueRunner(world.transactions, world.times, List.of(world.erase)).runDue();

        assertThat(traces(CHILD)).isEmpty();
        assertThat(world.events("CaseDataErased")).hasSize(1);
    }

    private void visited() throws SQLException {
        visits.visited(CHILD, SIBLING, VisitOutcome.SAFE, VisitOutcome.SAFE);
    }

    private void closedReport(UUID child) throws SQLException {
        world.run(tx -> reports.by112(tx, child, Urgency.ORDINARY));
        execute("UPDATE report SET state = 'CLOSED'");
    }

    /** An investigation found abuse, whose file is closed; and text wherever text is sealed. */
    private void sealEverywhere() throws SQLException {
        world.run(tx -> investigations.findsAbuse(tx, reports.by112(tx, CHILD, Urgency.URGENT)));
        seal("UPDATE report SET state = 'CLOSED', narrative = ? WHERE child_id = ?", "report.narrative");
        seal("UPDATE investigation SET state = 'CLOSED', reasons = ? WHERE child_id = ?", "investigation.reasons");
        seal(
                "INSERT INTO case_entry (id, case_id, kind, happened_on, written_at, content) "
                        + "SELECT gen_random_uuid(), id, 'SESSION', '2026-11-01', now(), ? FROM case_file "
                        + "WHERE child_id = ?",
                "case.entry");
        execute("UPDATE case_file SET state = 'CLOSED', watch_until = '2020-01-01'");
    }

    private void execute(String sql) throws SQLException {
        TestDatabase.execute(world.database, sql);
    }

    private void seal(String sql, String what) throws SQLException {
        world.run(tx -> {
            try (var update = tx.prepareStatement(sql)) {
                update.setBytes(1, world.texts.seal(tx, CHILD, MARK, what, CHILD));
                update.setObject(2, CHILD);
                return update.executeUpdate();
            }
        });
    }

    private boolean readable() throws SQLException {
        for (var column : world.query("SELECT table_name || '.' || column_name FROM information_schema.columns "
                + "WHERE table_schema = 'public' AND data_type = 'bytea' AND table_name !~ '^(audit|outbox)'")) {
            var parts = column.split("\\.", 2);
            for (var hex : world.query(
                    "SELECT encode(%1$s, 'hex') FROM %2$s WHERE %1$s IS NOT NULL".formatted(parts[1], parts[0]))) {
                var bytes = HexFormat.of().parseHex(hex);
                for (var what : List.of("report.narrative", "investigation.reasons", "case.entry")) {
                    if (opened(bytes, what).contains(MARK)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private String opened(byte[] bytes, String what) throws SQLException {
        try (var tx = world.database.getConnection()) {
            return String.valueOf(world.texts.open(tx, CHILD, bytes, what, CHILD));
        } catch (IllegalArgumentException closed) {
            return new String(bytes, UTF_8);
        }
    }

    /** The tables in which the id stands in any column. */
    private List<String> traces(UUID id) throws SQLException {
        var found = Stream.<String>builder();
        for (var table : world.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename !~ '"
                + KNOWS_IDS + "' ORDER BY 1")) {
            if (!world.query("SELECT 1 FROM %s t WHERE t::text LIKE '%%%s%%'".formatted(table, id))
                    .isEmpty()) {
                found.add(table);
            }
        }
        if (!world.query("SELECT 1 FROM case_entry").isEmpty()) {
            found.add("case_entry by its file");
        }
        return found.build().toList();
    }

    /** A move that cannot be understood, as its status is unknown. */
    private static ChildMoved strange(long version) {
        return new ChildMoved(
                CHILD,
                version,
                "LOST",
                "11110",
                "1111051500",
                TestWorld.DISTRICT,
                TestWorld.DONG,
                TestWorld.id(900),
                true,
                AT);
    }

    private static ChildIdentityMerged merged(long version) {
        return new ChildIdentityMerged(
                CHILD,
                version,
                "RESIDENT",
                TestWorld.DISTRICT,
                ALIAS,
                version,
                TestWorld.DONG,
                TestWorld.id(900),
                "11680",
                "1168051500",
                AT);
    }

    private static ChildIdentitySplit split(long version) {
        return new ChildIdentitySplit(
                CHILD,
                version,
                "RESIDENT",
                TestWorld.DISTRICT,
                ALIAS,
                version,
                TestWorld.DONG,
                TestWorld.id(901),
                "11680",
                "1168051500",
                AT);
    }

    private static ChildErased erased(List<UUID> aliases) {
        return new ChildErased(CHILD, 1, "ERASED", aliases, AT, AT.plus(Duration.ofDays(35)));
    }

    private void receive(Record data) throws SQLException {
        inbox.receive(List.of(event(data)));
    }

    private void handle(Record data) throws SQLException {
        world.run(tx -> intake.handle(event(data), tx));
    }

    private boolean settles(ReceivedEvent event, java.sql.Connection tx) throws SQLException {
        intake.handle(event, tx);
        return true;
    }

    private ReceivedEvent event(Record data) {
        var type = EventTypes.of(data.getClass());
        return new ReceivedEvent(
                EventIds.next(),
                type.topic(),
                0,
                offset++,
                CHILD.toString(),
                Map.of("ce_type", type.ceType()),
                Json.write(data));
    }
}
