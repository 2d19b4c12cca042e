package org.jikimi.cases.visit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jikimi.cases.clock.ClockCode;
import org.jikimi.cases.clock.ClockStart;
import org.jikimi.cases.clock.RunClocks;
import org.jikimi.cases.support.Ruling;
import org.jikimi.cases.timeline.Chronicle;

/**
 * Somebody went to the door and saw no child. A second refusal starts the clock until a visit is made together with the
 * police; it runs for each child until that child is seen.
 */
@ApplicationScoped
class AttemptVisit {
    private final Visits visits;
    private final RunClocks clocks;
    private final Chronicle chronicle;

    AttemptVisit(Visits visits, RunClocks clocks, Chronicle chronicle) {
        this.visits = visits;
        this.clocks = clocks;
        this.chronicle = chronicle;
    }

    /** Expects a locked visit. */
    Ruling<Visit> attempt(Connection tx, Visit visit, AttemptResult result, Instant at) throws SQLException {
        var ruling = visit.attempted(result, at);
        if (ruling instanceof Ruling.Allowed<Visit>(var attempted)) {
            visits.update(tx, attempted);
            chronicle.tell(tx, VisitEvents.attempted(attempted));
            if (result == AttemptResult.REFUSED && attempted.callsForPolice()) {
                for (var child : attempted.children()) {
                    clocks.start(tx, jointVisit(attempted, child, at));
                }
            }
        }
        return ruling;
    }

    static ClockStart jointVisit(Visit visit, VisitChild child, Instant at) {
        return new ClockStart(
                ClockCode.REFUSED_VISIT_JOINT,
                visit.id(),
                child.childId(),
                visit.districtCode(),
                visit.correlationOf(child),
                at);
    }
}
