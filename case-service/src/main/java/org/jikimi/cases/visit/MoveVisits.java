package org.jikimi.cases.visit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jikimi.cases.clock.RunClocks;
import org.jikimi.cases.move.Move;
import org.jikimi.cases.move.MoveRows;
import org.jikimi.cases.move.Moves;
import org.jikimi.cases.register.RegisterState;
import org.jikimi.cases.register.RegisterStates;
import org.jikimi.cases.support.Place;
import org.jikimi.cases.timeline.Chronicle;
import org.jikimi.runtime.time.Times;

/**
 * Lets visits and whereabouts checks follow a child who moves, and ends those of one who died or emigrated. The visit goes
 * along, with what was tried before, if the household moves or the child is the only one of it. A child who leaves others
 * behind is visited in the new household, and the visit of the others stays. Where the new household is visited already, the
 * two become one. A visit that nobody is left to be seen in is closed.
 */
@ApplicationScoped
public class MoveVisits {
    private final Moves moves = new Moves();
    private final RegisterStates states = new RegisterStates();
    private final Visits visits;
    private final PlanVisit plan;
    private final EndVisits end;
    private final RunClocks clocks;
    private final Chronicle chronicle;
    private final Times times;

    public MoveVisits(
            Visits visits, PlanVisit plan, EndVisits end, RunClocks clocks, Chronicle chronicle, Times times) {
        this.visits = visits;
        this.plan = plan;
        this.end = end;
        this.clocks = clocks;
        this.chronicle = chronicle;
        this.times = times;
    }

    /**
     * Lets them follow.
     *
     * @param eventId the event that told of the move
     */
    public void follow(Connection tx, Move move, UUID eventId) throws SQLException {
        MoveRows.follow(tx, move, "whereabouts_check", "(state = 'OPEN' OR ended_by_register OR ended_as IS NOT NULL)");
        for (var id : visits.openOfChild(tx, move.childId())) {
            follow(tx, id, move, eventId);
        }
        end.ofChild(tx, move.childId());
    }

    /**
     * Goes by what the register says of a child now. Visits in which nobody is left to be seen are closed; whoever was not
     * visited for that, and lives here after all, is, and whoever emigrated instead of having died is asked for at the border.
     *
     * @param eventId the event that told so
     */
    public void registered(Connection tx, UUID childId, UUID eventId) throws SQLException {
        if (states.left(tx, childId) == null) {
            for (var id : visits.unseenWithout(tx, childId)) {
                visitAfterAll(tx, visits.lock(tx, id).orElseThrow(), childId, eventId);
            }
        }
        end.takeBack(tx, childId);
        end.ofChild(tx, childId);
        if (states.gone(tx, childId) == RegisterState.EMIGRATED) {
            for (var id : visits.unseenWithout(tx, childId)) {
                var over = visits.find(tx, id).orElseThrow();
                var moved = moves.from(tx, childId, over.place());
                var last = moved.isEmpty() ? over.place() : moved.getLast().to();
                end.abroad(tx, over, childId, last.districtCode());
            }
        }
    }

    /** An id is of another child now; expects that {@link #registered} follows for all who were one with it. */
    public void part(Connection tx, UUID id) {
        end.part(tx, id);
    }

    /** An id is of a child now: who was found under one of its ids is sought no more under the others. */
    public void join(Connection tx, UUID id) throws SQLException {
        end.join(tx, id);
    }

    private void visitAfterAll(Connection tx, Visit closed, UUID childId, UUID eventId) throws SQLException {
        var back = closed.child(childId).filter(VisitChild::isUnvisited);
        if (back.isEmpty()) {
            return;
        }
        var place = new VisitPlan(
                closed.householdId(),
                visits.nextOrdinal(tx, closed.householdId()),
                closed.districtCode(),
                closed.dongCode(),
                closed.urgent(),
                closed.correlationOf(back.get()),
                times.now());
        var next = plan.followUp(tx, place, closed.kind(), List.of(back.get()), eventId);
        for (var flag : back.get().flagIds()) {
            visits.hand(tx, flag, next.id());
        }
        clocks.handOn(tx, closed.id(), childId, next.id(), next.districtCode());
        visits.update(tx, closed.without(List.of(childId), next.id()));
        var id = next.id();
        for (var move : moves.from(tx, childId, closed.place())) {
            id = follow(tx, answering(tx, id, childId), move, eventId);
        }
    }

    /**
     * Gives a flag its visit, which follows the moves that are known of the children: it ends as if the flag had been
     * heard before them. Answers false if the flag had a visit before.
     */
    public boolean forFlag(Connection tx, PlanVisit.Flagged flag) throws SQLException {
        var told = new Place(flag.districtCode(), flag.dongCode());
        var known = moves.from(tx, flag.childId(), told);
        var planned = plan.forFlag(tx, flag, known.isEmpty() ? null : Home.after(known.getLast()));
        if (planned.isEmpty()) {
            return false;
        }
        for (var child : planned.get().fresh()) {
            var since = moves.from(tx, child, told);
            if (!since.isEmpty() && !since.getLast().leadsTo(flag.householdId(), told)) {
                var id = planned.get().visitId();
                for (var move : since) {
                    id = follow(tx, answering(tx, id, child), move, flag.eventId());
                }
            }
        }
        var household = Stream.concat(Stream.of(flag.childId()), flag.siblingIds().stream())
                .distinct()
                .toList();
        if (!states.gone(tx, household).isEmpty()) {
            for (var child : household) {
                end.ofChild(tx, child);
            }
        }
        return true;
    }

    /** The visit of a child who may have left one for another. */
    private UUID answering(Connection tx, UUID visitId, UUID childId) {
        var gone =
                visits.find(tx, visitId).flatMap(visit -> visit.child(childId)).map(VisitChild::gone);
        return gone.isEmpty() ? visitId : answering(tx, gone.get().visitId(), childId);
    }

    /** Answers the visit that the child is named in then. */
    private UUID follow(Connection tx, UUID id, Move move, UUID eventId) throws SQLException {
        var visit = visits.lock(tx, id).orElseThrow();
        var child = visit.child(move.childId())
                .filter(one -> visit.isOpen() && one.gone() == null)
                .filter(one -> move.leaves(visit.homeOf(one).place()));
        return child.isPresent() ? follow(tx, visit, child.get(), move, eventId) : id;
    }

    private UUID follow(Connection tx, Visit visit, VisitChild child, Move move, UUID eventId) throws SQLException {
        var home = Home.after(move);
        if (home.equals(visit.home())) {
            visits.update(tx, visit.withChildAt(child.childId(), home));
            return visit.id();
        }
        visits.lock(tx, move.householdId(), List.of(child.childId()));
        var there = visits.openOf(tx, move.householdId(), move.to().districtCode())
                .filter(other -> !other.id().equals(visit.id()));
        boolean household = move.householdId().equals(visit.householdId()) && child.home() == null;
        if (household || visit.children().size() == 1) {
            if (there.isPresent()) {
                return together(tx, visit, child, home, there.get(), eventId);
            }
            int ordinal = household ? visit.ordinal() : visits.nextOrdinal(tx, move.householdId());
            var moved = visit.movedTo(home, ordinal, child.childId());
            visits.update(tx, moved);
            chronicle.tell(tx, VisitEvents.planned(moved, moved.children(), eventId));
            return visit.id();
        }
        if (visit.isMadeFor(child) || (there.isPresent() && isJoined(visit, there.get()))) {
            return leave(tx, visit, child, home, eventId);
        }
        visits.update(tx, visit.withChildAt(child.childId(), home));
        return visit.id();
    }

    /** The visit of the household that a whole visit comes to answers for it from now on. */
    private UUID together(Connection tx, Visit visit, VisitChild mover, Home home, Visit there, UUID eventId)
            throws SQLException {
        var coming = visit.children().stream()
                .filter(child -> child.gone() == null)
                .map(child -> child.at(child.equals(mover) ? home : visit.homeOf(child)))
                .toList();
        plan.together(tx, visit, coming, there, eventId);
        var left = visit.without(ids(coming), there.id());
        visits.update(tx, left);
        close(tx, left);
        return there.id();
    }

    /** The child is visited in the new household, with those who moved there already. */
    private UUID leave(Connection tx, Visit visit, VisitChild mover, Home home, UUID eventId) throws SQLException {
        var coming = new ArrayList<VisitChild>();
        coming.add(mover.at(home));
        visit.children().stream()
                .filter(child -> child.gone() == null && !child.equals(mover) && home.equals(child.home()))
                .forEach(coming::add);
        var there = plan.elsewhere(tx, visit, coming, home, eventId);
        var left = visit.without(ids(coming), there.id());
        visits.update(tx, left);
        if (left.isEmpty(Map.of())) {
            if (left.children().stream().allMatch(child -> isGone(child, there.id()))) {
                plan.together(tx, left, List.of(), there, eventId);
            }
            close(tx, left);
        }
        return there.id();
    }

    private void close(Connection tx, Visit left) throws SQLException {
        var at = times.now();
        var closed = left.closed(Map.of(), at);
        visits.update(tx, closed);
        chronicle.tell(tx, VisitEvents.completed(closed, at));
    }

    /** Whether somebody left a visit for another one. */
    private static boolean isJoined(Visit left, Visit there) {
        return left.children().stream().anyMatch(child -> isGone(child, there.id()));
    }

    private static boolean isGone(VisitChild child, UUID visitId) {
        var gone = child.gone();
        return gone != null && gone.visitId().equals(visitId);
    }

    private static List<UUID> ids(List<VisitChild> children) {
        return children.stream().map(VisitChild::childId).toList();
    }
}
