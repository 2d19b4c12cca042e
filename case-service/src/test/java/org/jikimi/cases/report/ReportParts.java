package org.jikimi.cases.report;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.TestWorld;
import org.jikimi.runtime.event.EventIds;
import org.jspecify.annotations.Nullable;

/** The parts of the reports on a test's world. */
public final class ReportParts {
    final Reports reports;
    public final ReceiveReport receive;
    public final FollowReports follow;
    private final TestWorld world;

    public ReportParts(TestWorld world) {
        this.world = world;
        this.reports = new Reports(world.texts);
        this.receive = new ReceiveReport(reports, world.clocks, world.chronicle);
        this.follow = new FollowReports(reports, world.clocks);
    }

    /** Somebody calls 112. */
    public Report by112(Connection tx, UUID childId, Urgency urgency, UUID... excluded) throws SQLException {
        return by112(tx, childId, urgency, null, excluded);
    }

    Report by112(Connection tx, UUID childId, Urgency urgency, @Nullable Sealed sealed, UUID... excluded)
            throws SQLException {
        var id = EventIds.next();
        var report = new Report(
                id,
                1,
                ReportState.RECEIVED,
                childId,
                TestWorld.DISTRICT,
                null,
                Channel.HOTLINE_112,
                urgency,
                List.of(AbuseType.PHYSICAL),
                null,
                null,
                null,
                List.of(excluded),
                null,
                null,
                id,
                world.times.now());
        return receive.receive(tx, report, sealed == null ? Sealed.NOTHING : sealed);
    }
}
