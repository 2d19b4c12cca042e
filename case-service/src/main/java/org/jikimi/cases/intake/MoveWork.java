package org.jikimi.cases.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jikimi.cases.casefile.MoveCase;
import org.jikimi.cases.clock.RunClocks;
import org.jikimi.cases.identity.Aliases;
import org.jikimi.cases.investigation.MoveInvestigations;
import org.jikimi.cases.move.Move;
import org.jikimi.cases.move.Moves;
import org.jikimi.cases.register.RegisterState;
import org.jikimi.cases.register.RegisterStates;
import org.jikimi.cases.report.FollowReports;
import org.jikimi.cases.support.Place;
import org.jikimi.cases.visit.MoveVisits;
import org.jikimi.cases.visit.PlanVisit;
import org.jspecify.annotations.Nullable;

/** Hands the open work of a child who moved to the district the child lives in now, and ends the visits of one who died. */
@ApplicationScoped
public class MoveWork {
    private final Moves moves = new Moves();
    private final Aliases aliases = new Aliases();
    private final RegisterStates states = new RegisterStates();
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
            go(tx, moves.since(tx, id, move), eventId);
        }
        return true;
    }

    /**
     * Notes that a child has died or emigrated, or lives here after all; answers false if something newer is known. Visits end
     * by it, and nothing else that people have begun: a death is a reason to look, not to stop.
     *
     * @param version of the child in the registry
     * @param eventId the event that told so
     */
    boolean register(Connection tx, UUID childId, long version, RegisterState state, UUID eventId) throws SQLException {
        aliases.lock(tx, childId);
        if (!states.note(tx, childId, version, state)) {
            return false;
        }
        for (var id : aliases.movingWith(tx, childId)) {
            visits.registered(tx, id, eventId);
        }
        return true;
    }

    /**
     * Notes that an id is of a child, or no longer; answers false if something newer is known. Open work of an alias goes
     * where the child lives, and back to where the id lives when it is split.
     *
     * @param childVersion the version of the child that survives
     * @param way from where to where the id goes by it; null if the event does not tell, as those of older versions
     * @param eventId the event that told so
     */
    boolean identify(Connection tx, Aliases.Decision decision, long childVersion, @Nullable Move way, UUID eventId)
            throws SQLException {
        aliases.lock(tx, decision.alias());
        var led = moves.led(tx, decision.alias());
        var told = new LinkedHashSet<>(List.of(decision.alias()));
        told.addAll(aliases.idsOf(tx, decision.alias()));
        if (!aliases.note(tx, decision)) {
            return false;
        }
        aliases.lock(tx, decision.alias()); // the child's too, now that they are one
        if (way == null) {
            go(
                    tx,
                    moves.led(tx, decision.alias()).stream()
                            .map(move -> move.of(decision.alias()))
                            .toList(),
                    eventId);
        } else if (decision.active()) {
            join(tx, led, childVersion, way, eventId);
        } else {
            part(tx, led, way, eventId);
        }
        visits.part(tx, decision.alias());
        if (decision.active()) {
            visits.join(tx, decision.alias());
        }
        told.addAll(states.partFindings(tx, decision.alias()));
        for (var child : told) {
            visits.registered(tx, child, eventId);
        }
        return true;
    }

    /** Work that followed another child before, of whom it was an alias, goes along. */
    private void join(Connection tx, List<Move> led, long childVersion, Move way, UUID eventId) throws SQLException {
        gather(tx, ledTo(led, moves.forgetMerges(tx, way.childId())), way, eventId);
        moves.noteMerge(tx, way, childVersion);
        go(tx, moves.since(tx, way.childId(), way), eventId);
    }

    /** Wherever the child lived meanwhile, work of the id that was its alias does not belong. */
    private void part(Connection tx, List<Move> led, Move way, UUID eventId) throws SQLException {
        var merges = moves.forgetMerges(tx, way.childId());
        var places = ledTo(led, merges);
        places.add(way.from());
        gather(tx, places, way, eventId);
        for (var merge : merges) { // perhaps the id's own home is another by now
            moves.note(tx, new Move(way.childId(), way.version(), way.householdId(), merge.from(), way.to()));
        }
        for (var move : moves.of(tx, way.childId())) {
            if (move.version() >= way.version()) {
                go(tx, move, eventId);
            }
        }
    }

    private static Set<Place> ledTo(List<Move> led, List<Move> merges) {
        return Stream.concat(led.stream(), merges.stream())
                .map(Move::to)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Lets what lies in some places go where a way leads. */
    private void gather(Connection tx, Set<Place> places, Move way, UUID eventId) throws SQLException {
        for (var place : places) {
            if (!place.equals(way.to())) {
                go(tx, new Move(way.childId(), way.version(), way.householdId(), place, way.to()), eventId);
            }
        }
    }

    private void go(Connection tx, List<Move> all, UUID eventId) throws SQLException {
        for (var move : all) {
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
