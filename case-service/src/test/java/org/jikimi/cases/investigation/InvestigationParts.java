package org.jikimi.cases.investigation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.casefile.CaseParts;
import org.jikimi.cases.report.AbuseType;
import org.jikimi.cases.report.Report;
import org.jikimi.cases.report.ReportParts;
import org.jikimi.cases.support.Ruling;
import org.jikimi.cases.visit.VisitParts;
import org.jikimi.runtime.event.EventIds;

/** The parts of the investigations on a test's world. */
public final class InvestigationParts {
    final Investigations investigations;
    final Measures measures;
    final StartInvestigation start;
    final TakeMeasure take;
    final Determine determine;
    public final NotePlacement placements;
    private final TestWorld world;

    public InvestigationParts(TestWorld world, ReportParts reports, VisitParts visits, CaseParts cases) {
        this.world = world;
        this.investigations = new Investigations(world.texts);
        this.measures = new Measures(world.texts);
        this.start = new StartInvestigation(investigations, reports.follow, world.clocks, world.chronicle);
        this.take = new TakeMeasure(investigations, measures, reports.follow, world.clocks, world.chronicle);
        this.determine = new Determine(
                investigations, reports.follow, take, cases.open, visits.household, world.clocks, world.chronicle);
        this.placements = new NotePlacement(measures);
    }

    Investigation started(Connection tx, Report report) throws SQLException {
        return value(start.start(tx, report, Attendance.JOINT, world.times.now()));
    }

    /** Takes an emergency measure for which a place is needed; answers its id. */
    public UUID measureFor(Connection tx, Report report) throws SQLException {
        return take.take(
                        tx,
                        started(tx, report),
                        new TakeMeasure.Intention(MeasureKind.EMERGENCY, List.of(), List.of(), true),
                        world.times.now())
                .measures()
                .getFirst()
                .id();
    }

    /** Finds abuse; answers the investigation. */
    public UUID findsAbuse(Connection tx, Report report) throws SQLException {
        var investigation = started(tx, report);
        return value(determine.determine(tx, investigation, result(DeterminationKind.ABUSE), "reasons"))
                .id();
    }

    Determination result(DeterminationKind kind) {
        return new Determination(
                EventIds.next(),
                kind,
                Forum.INTERNAL_MEETING,
                kind == DeterminationKind.ABUSE ? List.of(AbuseType.NEGLECT) : List.of(),
                null,
                false,
                false,
                true,
                world.times.now());
    }

    static <T> T value(Ruling<T> ruling) {
        return ((Ruling.Allowed<T>) ruling).value();
    }
}
