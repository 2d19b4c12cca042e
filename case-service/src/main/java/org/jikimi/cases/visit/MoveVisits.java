package org.jikimi.cases.visit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.move.Move;
import org.jikimi.cases.move.MoveRows;
import org.jikimi.cases.timeline.Chronicle;

/**
 * Lets visits and whereabouts checks follow a child who moves. The visit goes along, with what was tried before, if the
 * household moves or the child is the only one for whose sake it is made. A child who leaves the household of another
 * flagged child is visited in the new one, and the visit of the other stays.
 */
@ApplicationScoped
public class MoveVisits {
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
            var visit = visits.lock(tx, id).orElseThrow();
            if (visit.isOpen() && move.leaves(visit.place())) {
                follow(tx, visit, move, eventId);
            }
        }
    }

    private void follow(Connection tx, Visit visit, Move move, UUID eventId) throws SQLException {
        boolean alone = visit.meantFor().equals(List.of(move.childId()));
        boolean together = move.householdId().equals(visit.householdId());
        boolean room = !move.leavesDistrict()
                || visits.openOf(tx, visit.householdId(), move.to().districtCode())
                        .isEmpty();
        if ((alone || together) && room) {
            var moved = visit.movedTo(move.to());
            visits.update(tx, moved);
            chronicle.tell(tx, VisitEvents.planned(moved, moved.children(), eventId));
        } else if (visit.meantFor().contains(move.childId())) {
            takeOut(tx, visit, move, eventId);
        }
    }

    private void takeOut(Connection tx, Visit visit, Move move, UUID eventId) throws SQLException {
        var child = visit.children().stream()
                .filter(one -> one.childId().equals(move.childId()))
                .findFirst()
                .orElseThrow();
        for (var flag : child.flagIds()) {
            var flagged = new PlanVisit.Flagged(
                    flag,
                    child.childId(),
                    move.householdId(),
                    List.of(),
                    move.to().districtCode(),
                    move.to().dongCode(),
                    visit.urgent(),
                    visit.plannedAt(),
                    eventId);
            var open = visits.openOf(tx, move.householdId(), move.to().districtCode());
            var there = open.isPresent() ? plan.join(tx, open.get(), flagged) : plan.plan(tx, flagged, visit.kind());
            visits.hand(tx, flag, there.id());
        }
        if (!child.flagIds().isEmpty()) {
            visits.update(tx, visit.withoutFlagsOf(child.childId()));
        }
    }
}
