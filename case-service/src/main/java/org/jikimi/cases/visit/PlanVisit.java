package org.jikimi.cases.visit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jikimi.cases.move.Move;
import org.jikimi.cases.timeline.Chronicle;
import org.jspecify.annotations.Nullable;

/**
 * Plans household visits. While a visit of the household is open, whatever calls for another one joins it; whichever
 * flag comes first, and however often, the visit ends the same.
 */
@ApplicationScoped
public class PlanVisit {
    private final Visits visits;
    private final Chronicle chronicle;

    PlanVisit(Visits visits, Chronicle chronicle) {
        this.visits = visits;
        this.chronicle = chronicle;
    }

    /**
     * A child was flagged.
     *
     * @param siblingIds the other children of the household
     * @param eventId the event that told so
     */
    public record Flagged(
            UUID flagId,
            UUID childId,
            UUID householdId,
            List<UUID> siblingIds,
            String districtCode,
            String dongCode,
            boolean urgent,
            Instant flaggedAt,
            UUID eventId) {}

    /** Gives the flag its visit; answers false if it had one before. */
    boolean forFlag(Connection tx, Flagged flag) throws SQLException {
        var household = new ArrayList<>(flag.siblingIds());
        household.add(flag.childId());
        visits.lock(tx, flag.householdId(), household);
        if (visits.ofFlag(tx, flag.flagId()).isPresent()) {
            return false;
        }
        var open = visits.openOf(tx, flag.householdId(), flag.districtCode());
        var visit = open.isPresent() ? join(tx, open.get(), flag) : plan(tx, flag);
        visits.take(tx, flag.flagId(), visit.id());
        return true;
    }

    /**
     * Plans another visit of children who were not seen, or has them join the household's open one.
     *
     * @param causation the event that called for it; null if a person did
     */
    Visit followUp(Connection tx, Visit.Plan place, VisitKind kind, List<VisitChild> children, @Nullable UUID causation)
            throws SQLException {
        var again = children.stream()
                .map(child -> new VisitChild(child.childId(), child.flagIds(), null))
                .toList();
        var open = visits.openOf(tx, place.householdId(), place.districtCode());
        if (open.isPresent()) {
            var known = open.get().childIds();
            var joined = open.get().joinedByUnseen(again, kind);
            visits.update(tx, joined);
            var fresh = joined.children().stream()
                    .filter(child -> !known.contains(child.childId()))
                    .toList();
            chronicle.tell(tx, VisitEvents.planned(joined, fresh, causation));
            return joined;
        }
        var visit = Visit.planned(place, kind, again);
        visits.insert(tx, visit);
        chronicle.tell(tx, VisitEvents.planned(visit, visit.children(), causation));
        return visit;
    }

    /**
     * Has a child visited in the household that it moved to, as urgently as where it left and with whoever goes along
     * there.
     *
     * @param left the visit that stays without it
     * @param causation the event that told of the move
     */
    void elsewhere(Connection tx, Visit left, VisitChild child, Move move, UUID causation) throws SQLException {
        var open = visits.openOf(tx, move.householdId(), move.to().districtCode());
        Visit visit;
        if (open.isPresent()) {
            visit = open.get().joinedFrom(left, child);
            visits.update(tx, visit);
        } else {
            var plan = new Visit.Plan(
                    move.householdId(),
                    visits.nextOrdinal(tx, move.householdId()),
                    move.to().districtCode(),
                    move.to().dongCode(),
                    left.urgent(),
                    left.correlationOf(child),
                    left.plannedAt());
            visit = Visit.planned(plan, left.kind(), List.of(child));
            visits.insert(tx, visit);
        }
        for (var flag : child.flagIds()) {
            visits.hand(tx, flag, visit.id());
            chronicle.tell(tx, VisitEvents.planned(visit, child, flag, causation));
        }
        if (child.flagIds().isEmpty()) {
            chronicle.tell(tx, VisitEvents.planned(visit, child, null, causation));
        }
    }

    private Visit plan(Connection tx, Flagged flag) throws SQLException {
        var children = Stream.concat(
                        Stream.of(new VisitChild(flag.childId(), List.of(flag.flagId()), null)),
                        flag.siblingIds().stream()
                                .distinct()
                                .filter(sibling -> !sibling.equals(flag.childId()))
                                .map(VisitChild::of))
                .toList();
        var visit = Visit.planned(
                new Visit.Plan(
                        flag.householdId(),
                        visits.nextOrdinal(tx, flag.householdId()),
                        flag.districtCode(),
                        flag.dongCode(),
                        flag.urgent(),
                        flag.flagId(),
                        flag.flaggedAt()),
                VisitKind.DONG_OFFICER,
                children);
        visits.insert(tx, visit);
        chronicle.tell(tx, VisitEvents.planned(visit, visit.children(), flag.eventId()));
        return visit;
    }

    private Visit join(Connection tx, Visit open, Flagged flag) throws SQLException {
        var known = open.childIds();
        var visit = open.joinedBy(flag.flagId(), flag.childId(), flag.siblingIds(), flag.urgent(), flag.flaggedAt());
        visits.update(tx, visit);
        for (var child : visit.children()) {
            if (child.childId().equals(flag.childId())) {
                chronicle.tell(tx, VisitEvents.planned(visit, child, flag.flagId(), flag.eventId()));
            } else if (!known.contains(child.childId())) {
                chronicle.tell(tx, VisitEvents.planned(visit, List.of(child), flag.eventId()));
            }
        }
        return visit;
    }
}
