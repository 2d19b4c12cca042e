package org.jikimi.cases.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jikimi.cases.casefile.MoveCase;
import org.jikimi.cases.clock.RunClocks;
import org.jikimi.cases.identity.Aliases;
import org.jikimi.cases.investigation.MoveInvestigations;
import org.jikimi.cases.move.Move;
import org.jikimi.cases.move.Moves;
import org.jikimi.cases.report.FollowReports;
import org.jikimi.cases.visit.MoveVisits;
import org.jikimi.cases.visit.PlanVisit;

/** Hands the open work of a child who moved to the district the child lives in now. */
@ApplicationScoped
public class MoveWork {
    private final Moves moves = new Moves();
    private final Aliases aliases = new Aliases();
    private final MoveVisits visits;
    private final FollowReports reports;
    private final MoveInvestigations investigations;
    private final MoveCase cases;
    private final RunClocks clocks;

    public MoveWork(
            MoveVisits visits,
            FollowReports reports,
            MoveInvestigations investigations,
            MoveCase cases,
            RunClocks clocks) {
        this.visits = visits;
        this.reports = reports;
        this.investigations = investigations;
        this.cases = cases;
        this.clocks = clocks;
    }

    /** Gives a flag its visit where the child lives now; answers false if it had one. */
    boolean flagged(Connection tx, PlanVisit.Flagged flag) throws SQLException {
        return visits.forFlag(tx, flag);
    }

    /**
     * Lets all of it follow; answers false if it has.
     *
     * @param eventId the event that told of the move
     */
    boolean follow(Connection tx, Move move, UUID eventId) throws SQLException {
        aliases.lock(tx, move.childId());
        if (!moves.note(tx, move)) {
            return false;
        }
        for (var id : aliases.movingWith(tx, move.childId())) {
            go(tx, move.of(id), eventId);
        }
        catchUp(tx, move.childId(), eventId);
        return true;
    }

    /**
     * Notes that an id is of a child, or no longer; answers false if something newer is known. Work of the alias follows
     * the child's moves that are known.
     *
     * @param eventId the event that told so
     */
    boolean identify(Connection tx, Aliases.Decision decision, UUID eventId) throws SQLException {
        aliases.lock(tx, decision.alias());
        if (!aliases.note(tx, decision)) {
            return false;
        }
        if (decision.active()) {
            catchUp(tx, decision.alias(), eventId);
        }
        return true;
    }

    /** Lets the work of an alias follow the moves of the child; that of the child itself has followed them. */
    private void catchUp(Connection tx, UUID alias, UUID eventId) throws SQLException {
        var leading = aliases.leading(tx, alias);
        for (var move : moves.of(tx, leading.subList(1, leading.size()))) {
            go(tx, move.of(alias), eventId);
        }
    }

    private void go(Connection tx, Move move, UUID eventId) throws SQLException {
        visits.follow(tx, move, eventId);
        reports.follow(tx, move);
        investigations.follow(tx, move);
        cases.follow(tx, move);
        clocks.follow(tx, move);
    }
}
