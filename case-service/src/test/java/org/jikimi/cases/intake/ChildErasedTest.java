package org.jikimi.cases.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jikimi.cases.intake.Hearing.ALIAS;
import static org.jikimi.cases.intake.Hearing.AT;
import static org.jikimi.cases.intake.Hearing.CHILD;

import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.report.Urgency;
import org.jikimi.cases.visit.VisitOutcome;
import org.jikimi.cases.visit.VisitParts;
import org.jikimi.contracts.screening.v1.ChildFlagged;
import org.jikimi.contracts.screening.v1.ChildIdentityMerged;
import org.jikimi.runtime.due.DueRunner;
import org.jikimi.runtime.inbox.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registry has erased a child: what case-service keeps of it goes too, and whoever else is in it stays. */
class ChildErasedTest {
    private static final UUID SIBLING = TestWorld.id(2);
    private static final String MARK = "표시된 글";

    private Hearing hearing;

    @BeforeEach
    void start() throws SQLException {
        hearing = new Hearing();
    }

    @Test
    void whatWasWrittenOfTheChildIsNowhereAndTheErasureIsAcknowledged() throws SQLException {
        visited();
        sealEverywhere();
        hearing.world.run(tx -> hearing.intake.handle(MovingEvents.registered(2, CHILD, "EMIGRATED"), tx));
        assertThat(hearing.traces(CHILD)).contains("case_entry by its file", "child_status", "report", "visit");
        assertThat(readable()).isTrue();

        hearing.receive(Hearing.erased(List.of()));

        assertThat(hearing.traces(CHILD)).isEmpty();
        assertThat(readable()).isFalse();
        assertThat(hearing.world.events("CaseDataErased", "childId")).containsExactly(CHILD.toString());
    }

    @Test
    void aVisitStaysForTheSiblingWithoutTheChildAndWithoutTheNote() throws SQLException {
        visited();
        hearing.execute("UPDATE visit SET note = '\\x01'");

        hearing.receive(Hearing.erased(List.of()));

        assertThat(hearing.world.query(
                        "SELECT child_ids::text || (note IS NULL) || jsonb_array_length(children) FROM visit"))
                .containsExactly("{" + SIBLING + "}true1");
        assertThat(hearing.world.query("SELECT DISTINCT child_id FROM timeline_entry"))
                .containsExactly(SIBLING.toString());
    }

    @Test
    void aLaterVisitOfASiblingIsAnotherOneThanTheErasedAndIsWrittenOf() throws SQLException {
        var erased = hearing.visits.visited(VisitParts.flag(TestWorld.id(101), CHILD, false, 0), "before");
        hearing.receive(Hearing.erased(List.of()));

        var later = hearing.visits.visited(VisitParts.flag(TestWorld.id(102), SIBLING, false, 48), "after");

        assertThat(later).isNotEqualTo(erased);
        assertThat(hearing.visits.note(later)).contains("after");
    }

    @Test
    void aFlagHeardWhileItsSiblingIsErasedPlansAVisitWithoutThatOne() throws Exception {
        var heard = hearing.event(new ChildFlagged(
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
            var heardMeanwhile = hearing.world.get(tx -> {
                hearing.world.erase.erase(tx, CHILD, List.of());
                var waiting = consumer.submit(() -> hearing.world.get(other -> hearing.intake.handle(heard, other)));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> waiting.isDone()
                                || !hearing.world
                                        .query("SELECT 1 FROM pg_locks WHERE NOT granted")
                                        .isEmpty());
                return waiting;
            });
            assertThat((Object) heardMeanwhile.get()).isEqualTo(Outcome.APPLIED);
        }

        assertThat(hearing.world.query("SELECT child_ids FROM visit")).containsExactly("{" + SIBLING + "}");
        assertThat(hearing.traces(CHILD)).isEmpty();
    }

    @Test
    void anAliasGoesWithTheChild() throws SQLException {
        visited();
        closedReport(ALIAS);
        hearing.handle(new ChildIdentityMerged(
                CHILD, 3, "RESIDENT", TestWorld.DISTRICT, ALIAS, 2, null, null, null, null, AT));

        hearing.receive(Hearing.erased(List.of(ALIAS)));

        assertThat(hearing.traces(CHILD)).isEmpty();
        assertThat(hearing.traces(ALIAS)).isEmpty();
    }

    @Test
    void repeatingItIsHarmless() throws SQLException {
        visited();
        hearing.receive(Hearing.erased(List.of()));
        var left = hearing.world.query("SELECT v::text FROM visit v");

        hearing.receive(Hearing.erased(List.of()));

        assertThat(hearing.world.query("SELECT v::text FROM visit v")).isEqualTo(left);
        assertThat(hearing.traces(CHILD)).isEmpty();
    }

    @Test
    void workOfWhichTheRegistryHadNotHeardIsKeptAndTheErasureWaitsForItsEnd() throws SQLException {
        hearing.world.run(tx -> hearing.reports.by112(tx, CHILD, Urgency.URGENT));
        hearing.receive(Hearing.erased(List.of()));
        assertThat(hearing.traces(CHILD)).contains("report");
        assertThat(hearing.world.events("CaseDataErased")).isEmpty();

        hearing.execute("UPDATE report SET state = 'CLOSED'");
        hearing.world.clock.passes(Duration.ofDays(1));
        new DueRunner(hearing.world.transactions, hearing.world.times, List.of(hearing.world.erase)).runDue();

        assertThat(hearing.traces(CHILD)).isEmpty();
        assertThat(hearing.world.events("CaseDataErased")).hasSize(1);
    }

    private void visited() throws SQLException {
        hearing.visits.visited(CHILD, SIBLING, VisitOutcome.SAFE, VisitOutcome.SAFE);
    }

    private void closedReport(UUID child) throws SQLException {
        hearing.world.run(tx -> hearing.reports.by112(tx, child, Urgency.ORDINARY));
        hearing.execute("UPDATE report SET state = 'CLOSED'");
    }

    /** An investigation found abuse, whose file is closed; and text wherever text is sealed. */
    private void sealEverywhere() throws SQLException {
        hearing.world.run(
                tx -> hearing.investigations.findsAbuse(tx, hearing.reports.by112(tx, CHILD, Urgency.URGENT)));
        seal("UPDATE report SET state = 'CLOSED', narrative = ? WHERE child_id = ?", "report.narrative");
        seal("UPDATE investigation SET state = 'CLOSED', reasons = ? WHERE child_id = ?", "investigation.reasons");
        seal(
                "INSERT INTO case_entry (id, case_id, kind, happened_on, written_at, content) "
                        + "SELECT gen_random_uuid(), id, 'SESSION', '2026-11-01', now(), ? FROM case_file "
                        + "WHERE child_id = ?",
                "case.entry");
        hearing.execute("UPDATE case_file SET state = 'CLOSED', watch_until = '2020-01-01'");
    }

    private void seal(String sql, String what) throws SQLException {
        hearing.world.run(tx -> {
            try (var update = tx.prepareStatement(sql)) {
                update.setBytes(1, hearing.world.texts.seal(tx, CHILD, MARK, what, CHILD));
                update.setObject(2, CHILD);
                return update.executeUpdate();
            }
        });
    }

    private boolean readable() throws SQLException {
        for (var column : hearing.world.query("SELECT table_name || '.' || column_name FROM information_schema.columns "
                + "WHERE table_schema = 'public' AND data_type = 'bytea' AND table_name !~ '^(audit|outbox)'")) {
            var parts = column.split("\\.", 2);
            for (var hex : hearing.world.query(
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
        try (var tx = hearing.world.database.getConnection()) {
            return String.valueOf(hearing.world.texts.open(tx, CHILD, bytes, what, CHILD));
        } catch (IllegalArgumentException closed) {
            return new String(bytes, UTF_8);
        }
    }
}
