package org.jikimi.cases.investigation;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jikimi.cases.casefile.OpenCase;
import org.jikimi.cases.clock.ClockCode;
import org.jikimi.cases.clock.RunClocks;
import org.jikimi.cases.report.FollowReports;
import org.jikimi.cases.support.Ruling;
import org.jikimi.cases.timeline.Chronicle;
import org.jikimi.cases.visit.Household;
import org.jspecify.annotations.Nullable;

/**
 * Determines an investigation. Abuse opens the child's case file, or opens it again, in the same transaction. The
 * decision where the child lives on is another one.
 */
@ApplicationScoped
class Determine {
    private final Investigations investigations;
    private final FollowReports reports;
    private final TakeMeasure measures;
    private final OpenCase cases;
    private final Household household;
    private final RunClocks clocks;
    private final Chronicle chronicle;

    Determine(
            Investigations investigations,
            FollowReports reports,
            TakeMeasure measures,
            OpenCase cases,
            Household household,
            RunClocks clocks,
            Chronicle chronicle) {
        this.investigations = investigations;
        this.reports = reports;
        this.measures = measures;
        this.cases = cases;
        this.household = household;
        this.clocks = clocks;
        this.chronicle = chronicle;
    }

    /** Whether abuse of the child was found before. */
    boolean isReAbuse(Connection tx, Investigation investigation) {
        return investigations.abuseFoundBefore(tx, investigation.childId());
    }

    /** Expects a locked investigation. */
    Ruling<Investigation> determine(
            Connection tx, Investigation investigation, Determination result, @Nullable String reasons)
            throws SQLException {
        var suspicions = Suspicion.of(reports.ofInvestigation(tx, investigation.id()));
        var ruling = investigation.determined(result, suspicions);
        if (ruling instanceof Ruling.Allowed<Investigation>(var determined)) {
            investigations.update(tx, determined);
            if (reasons != null) {
                investigations.writeReasons(tx, determined.childId(), determined.id(), reasons);
            }
            var answered = reports.determine(tx, determined.id(), result.kind().name());
            clocks.stop(tx, determined.id(), result.at(), ClockCode.DETERMINATION_DUE);
            chronicle.tell(tx, InvestigationEvents.determined(determined, answered));
            if (result.kind() == DeterminationKind.ABUSE) {
                cases.open(tx, abuse(tx, determined));
            }
        }
        return ruling;
    }

    /** Whoever went alone has notified the other. Expects a locked investigation. */
    Ruling<Investigation> notified(Connection tx, Investigation investigation, Instant at) {
        var ruling = investigation.otherNotified(at);
        if (ruling instanceof Ruling.Allowed<Investigation>(var notified)) {
            investigations.update(tx, notified);
            clocks.stop(tx, notified.id(), at, ClockCode.CROSS_NOTICE);
        }
        return ruling;
    }

    /** It is decided where the child lives on, which ends temporary protection. Expects a locked investigation. */
    Ruling<Investigation> protect(Connection tx, Investigation investigation, ProtectionDecision decision, Instant at) {
        var ruling = investigation.protectedBy(decision, at);
        if (ruling instanceof Ruling.Allowed<Investigation>(var decided)) {
            investigations.update(tx, decided);
            measures.end(tx, decided.id(), MeasureKind.IMMEDIATE_SEPARATION, at);
            clocks.stopOfChild(
                    tx,
                    decided.childId(),
                    at,
                    ClockCode.IMMEDIATE_SEPARATION_DECISION,
                    ClockCode.TEMPORARY_PROTECTION_END);
        }
        return ruling;
    }

    private OpenCase.Abuse abuse(Connection tx, Investigation investigation) {
        return new OpenCase.Abuse(
                investigation.childId(),
                investigation.districtCode(),
                investigation.dongCode(),
                investigation.id(),
                household.siblingsOf(tx, investigation.childId()),
                investigation.excludedAgencyIds(),
                investigation.correlation(),
                Objects.requireNonNull(investigation.determination()).at());
    }
}
