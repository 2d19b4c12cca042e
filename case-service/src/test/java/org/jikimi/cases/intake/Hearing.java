package org.jikimi.cases.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jikimi.cases.TestDatabase;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.casefile.CaseParts;
import org.jikimi.cases.casefile.MoveCase;
import org.jikimi.cases.investigation.InvestigationParts;
import org.jikimi.cases.investigation.MoveInvestigations;
import org.jikimi.cases.report.ReportParts;
import org.jikimi.cases.visit.VisitParts;
import org.jikimi.contracts.EventTypes;
import org.jikimi.contracts.screening.v1.ChildErased;
import org.jikimi.contracts.screening.v1.ChildIdentityMerged;
import org.jikimi.contracts.screening.v1.ChildIdentitySplit;
import org.jikimi.contracts.screening.v1.ChildMoved;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.inbox.Inbox;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.outbox.Outbox;

/** A case-service that hears of a child, and that the registry has erased it. */
final class Hearing {
    static final UUID CHILD = TestWorld.id(1);
    static final UUID ALIAS = TestWorld.id(5);
    static final Instant AT = Instant.parse("2026-11-03T00:00:00Z");

    /** What may still tell the pseudonym: that it was erased, and what was told before, which goes by itself. */
    private static final String KNOWS_IDS = "^(subject_key|outbox.*|inbox(_[ow].*)?|audit.*|flyway.*)$";

    final TestWorld world = new TestWorld();
    final ReportParts reports = new ReportParts(world);
    final VisitParts visits = new VisitParts(world, reports);
    final InvestigationParts investigations;
    final CaseIntake intake;
    private final Inbox inbox;
    private long offset;

    Hearing() throws SQLException {
        var cases = new CaseParts(world);
        investigations = new InvestigationParts(world, reports, visits, cases);
        var move = new MoveWork(visits.move, reports.follow, new MoveInvestigations(), new MoveCase(), world.clocks);
        intake = new CaseIntake(move, cases.follow, investigations.placements, world.chronicle, world.erase);
        inbox = new Inbox("case", Transactions.of(world.database), new Outbox(), intake, step -> {});
    }

    void execute(String sql) throws SQLException {
        TestDatabase.execute(world.database, sql);
    }

    /** The tables in which the id stands in any column. */
    List<String> traces(UUID id) throws SQLException {
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
    static ChildMoved strange(long version) {
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

    static ChildIdentityMerged merged(long version) {
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

    static ChildIdentitySplit split(long version) {
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

    static ChildErased erased(List<UUID> aliases) {
        return new ChildErased(CHILD, 1, "ERASED", aliases, AT, AT.plus(Duration.ofDays(35)));
    }

    void receive(Record data) throws SQLException {
        inbox.receive(List.of(event(data)));
    }

    void handle(Record data) throws SQLException {
        world.run(tx -> intake.handle(event(data), tx));
    }

    boolean settles(ReceivedEvent event, Connection tx) throws SQLException {
        intake.handle(event, tx);
        return true;
    }

    ReceivedEvent event(Record data) {
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
