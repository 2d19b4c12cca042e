package org.jikimi.cases.visit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
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

    /**
     * The visit of a flag.
     *
     * @param fresh those of its children of whom the flag told where they live
     */
    record Planned(UUID visitId, List<UUID> fresh) {}

    /**
     * Gives the flag its visit; empty if it had one before.
     *
     * @param home where the child has moved by now; null if it has not. If it is visited there and the flag tells of no
     *     other children, the flag joins
     */
    Optional<Planned> forFlag(Connection tx, Flagged flag, @Nullable Home home) throws SQLException {
        var household = new ArrayList<>(flag.siblingIds());
        household.add(flag.childId());
        visits.lock(tx, flag.householdId(), household);
        if (visits.ofFlag(tx, flag.flagId()).isPresent()) {
            return Optional.empty();
        }
        var open = visits.openOf(tx, flag.householdId(), flag.districtCode());
        if (open.isPresent()) {
            var fresh = open.get().fresh(flag);
            var visit = join(tx, open.get(), flag);
            visits.take(tx, flag.flagId(), visit.id());
            return Optional.of(new Planned(visit.id(), fresh));
        }
        if (home != null && household.stream().allMatch(flag.childId()::equals)) {
            visits.lock(tx, home.householdId(), household);
            var there = visits.openOf(tx, home.householdId(), home.place().districtCode())
                    .filter(visit -> visit.child(flag.childId())
                            .filter(child -> child.gone() == null)
                            .isPresent());
            if (there.isPresent()) {
                var visit = join(tx, there.get(), flag);
                visits.take(tx, flag.flagId(), visit.id());
                return Optional.of(new Planned(visit.id(), List.of()));
            }
        }
        var visit = plan(tx, flag);
        visits.take(tx, flag.flagId(), visit.id());
        return Optional.of(new Planned(visit.id(), visit.childIds()));
    }

    /**
     * Plans another visit of children who were not seen, or has them join the household's open one.
     *
     * @param causation the event that called for it; null if a person did
     */
    Visit followUp(Connection tx, VisitPlan place, VisitKind kind, List<VisitChild> children, @Nullable UUID causation)
            throws SQLException {
        var again = children.stream()
                .map(child -> VisitChild.of(child.childId(), child.flagIds()))
                .toList();
        var open = visits.openOf(tx, place.householdId(), place.districtCode());
        if (open.isPresent()) {
            var joined = open.get().joinedByUnseen(place, again, kind);
            visits.update(tx, joined);
            for (var child : again) {
                welcome(tx, open.get(), joined, child, causation);
            }
            return joined;
        }
        var visit = Visit.planned(place, kind, again);
        visits.insert(tx, visit);
        chronicle.tell(tx, VisitEvents.planned(visit, visit.children(), causation));
        return visit;
    }

    /** Tells of a child who joined the visit, or stood in it and brings flags. */
    private void welcome(Connection tx, Visit before, Visit joined, VisitChild child, @Nullable UUID causation)
            throws SQLException {
        var known = before.child(child.childId()).filter(one -> one.gone() == null);
        if (known.isEmpty() && !child.isFlagged()) {
            chronicle.tell(tx, VisitEvents.planned(joined, child, null, causation));
        }
        for (var flag : child.flagIds()) {
            if (known.filter(one -> one.flagIds().contains(flag)).isEmpty()) {
                chronicle.tell(tx, VisitEvents.planned(joined, child, flag, causation));
            }
        }
    }

    /**
     * Has children visited in the household that they moved to, as urgently as where they left and with whoever goes
     * along there.
     *
     * @param left the visit that stays without them
     * @param coming with their homes
     * @param causation the event that told of the move
     */
    Visit elsewhere(Connection tx, Visit left, List<VisitChild> coming, Home there, UUID causation)
            throws SQLException {
        var open = visits.openOf(tx, there.householdId(), there.place().districtCode());
        Visit visit;
        if (open.isPresent()) {
            visit = open.get().joinedFrom(left, coming);
            visits.update(tx, visit);
        } else {
            var plan = new VisitPlan(
                    there.householdId(),
                    visits.nextOrdinal(tx, there.householdId()),
                    there.place().districtCode(),
                    there.place().dongCode(),
                    left.urgent(),
                    left.correlationOf(coming.getFirst()),
                    left.plannedAt());
            visit = Visit.planned(
                    plan,
                    left.kind(),
                    coming.stream()
                            .map(child -> VisitChild.of(child.childId(), child.flagIds()))
                            .toList());
            visits.insert(tx, visit);
        }
        tell(tx, visit, coming, causation);
        return visit;
    }

    /** Has all who are visited somewhere visited by another visit from now on, with what was tried. */
    Visit together(Connection tx, Visit left, List<VisitChild> coming, Visit there, UUID causation)
            throws SQLException {
        var visit = there.joinedByAll(left, coming);
        visits.update(tx, visit);
        tell(tx, visit, coming, causation);
        return visit;
    }

    private void tell(Connection tx, Visit visit, List<VisitChild> coming, UUID causation) throws SQLException {
        for (var child : coming) {
            for (var flag : child.flagIds()) {
                visits.hand(tx, flag, visit.id());
                chronicle.tell(tx, VisitEvents.planned(visit, child, flag, causation));
            }
            if (!child.isFlagged()) {
                chronicle.tell(tx, VisitEvents.planned(visit, child, null, causation));
            }
        }
    }

    private Visit plan(Connection tx, Flagged flag) throws SQLException {
        var children = Stream.concat(
                        Stream.of(VisitChild.of(flag.childId(), List.of(flag.flagId()))),
                        flag.siblingIds().stream()
                                .distinct()
                                .filter(sibling -> !sibling.equals(flag.childId()))
                                .map(VisitChild::of))
                .toList();
        var visit = Visit.planned(
                new VisitPlan(
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
        var visit = open.joinedBy(flag);
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
