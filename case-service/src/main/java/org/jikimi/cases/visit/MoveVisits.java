package org.jikimi.cases.visit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.move.Move;
import org.jikimi.cases.move.MoveRows;
import org.jikimi.cases.move.Moves;
import org.jikimi.cases.support.Place;
import org.jikimi.cases.timeline.Chronicle;

/**
 * Lets visits and whereabouts checks follow a child who moves. The visit goes along, with what was tried before, if the
 * household moves or the child is the only one of it. A child who leaves others behind is visited in the new household,
 * and the visit of the others stays.
 */
@ApplicationScoped
public class MoveVisits {
    private final Moves moves = new Moves();
    private final Visits visits;
    private final PlanVisit plan;
    private final Chronicle chronicle;

    public MoveVisits(Visits visits, PlanVisit plan, Chronicle chronicle) {
        this.visits = visits;
        this.plan = plan;
        this.chronicle = chronicle;
    }

    /**
     * Lets them follow.
     *
     * @param eventId the event that told of the move
     */
    public void follow(Connection tx, Move move, UUID eventId) throws SQLException {
        MoveRows.follow(tx, move, "whereabouts_check", "state = 'OPEN'");
        for (var id : visits.openOfChild(tx, move.childId())) {
            follow(tx, id, move, eventId);
        }
    }

    /**
     * Gives a flag its visit, which follows the moves of the child that are known: it ends as if the flag had been heard
     * before them. Answers false if the flag had a visit before.
     */
    public boolean forFlag(Connection tx, PlanVisit.Flagged flag) throws SQLException {
        if (!plan.forFlag(tx, flag)) {
            return false;
        }
        var told = new Place(flag.districtCode(), flag.dongCode());
        var known = moves.from(tx, flag.childId(), told);
        if (known.isEmpty() || known.getLast().leadsTo(flag.householdId(), told)) {
            return true;
        }
        for (var move : known) {
            follow(tx, visits.ofFlag(tx, flag.flagId()).orElseThrow(), move, flag.eventId());
        }
        return true;
    }

    private void follow(Connection tx, UUID id, Move move, UUID eventId) throws SQLException {
        var visit = visits.lock(tx, id).orElseThrow();
        if (!visit.isOpen() || !move.leaves(visit.place())) {
            return;
        }
        visits.lock(tx, move.householdId(), List.of(move.childId()));
        var there = visits.openOf(tx, move.householdId(), move.to().districtCode())
                .filter(other -> !other.id().equals(id));
        if (move.householdId().equals(visit.householdId()) && there.isEmpty()) {
            goAlong(tx, visit.movedTo(move.to()), eventId);
        } else if (visit.childIds().equals(List.of(move.childId())) && there.isEmpty()) {
            int ordinal = visits.nextOrdinal(tx, move.householdId());
            goAlong(tx, visit.movedTo(move.householdId(), ordinal, move.to()), eventId);
        } else if (visit.meantFor().contains(move.childId())) {
            takeOut(tx, visit, move, eventId);
        }
    }

    private void goAlong(Connection tx, Visit visit, UUID eventId) throws SQLException {
        visits.update(tx, visit);
        chronicle.tell(tx, VisitEvents.planned(visit, visit.children(), eventId));
    }

    private void takeOut(Connection tx, Visit visit, Move move, UUID eventId) throws SQLException {
        var child = visit.children().stream()
                .filter(one -> one.childId().equals(move.childId()))
                .findFirst()
                .orElseThrow();
        plan.elsewhere(tx, visit, child, move, eventId);
        if (!child.flagIds().isEmpty()) {
            visits.update(tx, visit.withoutFlagsOf(child.childId()));
        }
    }
}
