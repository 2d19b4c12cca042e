package org.jikimi.cases.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
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
import org.jspecify.annotations.Nullable;

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
            goSince(tx, id, move, eventId);
        }
        return true;
    }

    /**
     * Notes that an id is of a child, or no longer; answers false if something newer is known. Open work of an alias goes
     * where the child lives, and back to where the id lives when it is split.
     *
     * @param way from where to where the id goes by it; null if the event does not tell, as those of older versions
     * @param eventId the event that told so
     */
    boolean identify(Connection tx, Aliases.Decision decision, @Nullable Move way, UUID eventId) throws SQLException {
        aliases.lock(tx, decision.alias());
        if (!aliases.note(tx, decision)) {
            return false;
        }
        aliases.lock(tx, decision.alias()); // the child's too, now that they are one
        if (decision.active()) {
            join(tx, decision, way, eventId);
        } else if (way != null) {
            part(tx, decision, way, eventId);
        }
        return true;
    }

    private void join(Connection tx, Aliases.Decision decision, @Nullable Move way, UUID eventId) throws SQLException {
        if (way != null) {
            moves.noteMerge(tx, way);
            goSince(tx, decision.alias(), way, eventId);
            return;
        }
        for (var move : moves.of(tx, List.of(decision.child()))) {
            go(tx, move.of(decision.alias()), eventId);
        }
    }

    /** Wherever the child lived, work of the id that was its alias does not belong. */
    private void part(Connection tx, Aliases.Decision decision, Move way, UUID eventId) throws SQLException {
        var places = new LinkedHashSet<>(moves.forgetMerges(tx, decision.alias()));
        places.add(way.from());
        moves.of(tx, List.of(decision.child())).forEach(move -> places.addAll(List.of(move.from(), move.to())));
        places.remove(way.to());
        for (var place : places) {
            go(tx, new Move(decision.alias(), way.version(), way.householdId(), place, way.to()), eventId);
        }
        for (var move : moves.of(tx, List.of(decision.alias()))) {
            if (move.version() > way.version()) {
                go(tx, move, eventId);
            }
        }
    }

    /** Lets the work of an id follow a move, and those that hold for it after that one. */
    private void goSince(Connection tx, UUID id, Move first, UUID eventId) throws SQLException {
        for (var move : moves.since(tx, id, first.childId(), first.version())) {
            go(tx, move, eventId);
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
