package org.jikimi.referral.placement;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.referral.agency.PlacesGained;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.event.EventDraft;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;
import org.jspecify.annotations.Nullable;

/**
 * Seeks beds for siblings, all in one transaction: who has a place already keeps it, the others are placed together,
 * split, or wait together. The same need places nobody twice.
 */
@ApplicationScoped
public class PlaceChildren {
    private final Placements placements = new Placements();
    private final FindBeds beds;
    private final Events events;
    private final DueWork dueWork;
    private final HoldTerms terms;
    private final PlacesGained gained;
    private final Times times;

    PlaceChildren(FindBeds beds, Events events, DueWork dueWork, HoldTerms terms, PlacesGained gained, Times times) {
        this.beds = beds;
        this.events = events;
        this.dueWork = dueWork;
        this.terms = terms;
        this.gained = gained;
        this.times = times;
    }

    /** Reserves beds, since it has been decided that the children need them; what was held for one of them is reserved. */
    public void reserve(Connection tx, Need need, @Nullable UUID causation) throws SQLException {
        place(tx, need, null, causation);
    }

    /**
     * Holds beds for a while, since that is still to be decided.
     *
     * @return the child's placement, held or waiting; empty if it had one already, in which case nothing changes
     */
    Optional<Placement> hold(Connection tx, Need need, UUID childId) throws SQLException {
        KeyLocks.lock(tx, need.children().stream().map(UUID::toString).toList());
        if (!placements.activeOf(tx, List.of(childId)).isEmpty()) {
            return Optional.empty();
        }
        place(tx, need, times.now().plus(terms.time()), null);
        return placements.find(tx, Placement.idOf(need.groupId(), childId));
    }

    private void place(Connection tx, Need need, @Nullable Instant heldUntil, @Nullable UUID causation)
            throws SQLException {
        KeyLocks.lock(tx, need.children().stream().map(UUID::toString).toList());
        beds.lockShelters(tx);
        var told = new ArrayList<EventDraft>();
        var active = placements.activeOf(tx, need.children());
        if (heldUntil == null) {
            for (var placement : active.values()) {
                if (placement.state() == PlacementState.HELD) {
                    var reserved = placement.confirmed(need.measureId(), times.now());
                    placements.update(tx, reserved);
                    told.add(PlacementEvents.reserved(reserved, causation));
                }
            }
        }
        var ids = need.children().stream()
                .map(child -> Placement.idOf(need.groupId(), child))
                .toList();
        var known = placements.known(tx, ids);
        var sought = need.children().stream()
                .filter(child -> !active.containsKey(child))
                .filter(child -> !known.contains(Placement.idOf(need.groupId(), child)))
                .map(child -> Placement.sought(need, child, times.now()))
                .toList();
        for (var placement : placed(tx, sought, heldUntil)) {
            placements.insert(tx, placement);
            tell(placement, sought, causation, told);
            if (placement.heldUntil() != null) {
                dueWork.plan(tx, ExpireHold.KIND, placement.id().toString(), placement.heldUntil());
            }
        }
        events.publish(tx, told);
    }

    private List<Placement> placed(Connection tx, List<Placement> sought, @Nullable Instant heldUntil) {
        if (sought.isEmpty()) {
            return sought;
        }
        var first = sought.getFirst();
        var children = sought.stream().map(Placement::childId).toList();
        return switch (beds.plan(tx, first.groupId(), children, first.districtCode())) {
            case BedPlan.Together(var found) ->
                given(sought, found, splitFrom(tx, first.groupId(), found.getFirst()), heldUntil);
            case BedPlan.Split(var found) -> given(sought, found, BedPlan.NO_SHELTER_HAS_ROOM_FOR_ALL, heldUntil);
            case BedPlan.NoBeds(var fallback) ->
                sought.stream()
                        .map(child -> child.unplaced(fallback, times.now()))
                        .toList();
        };
    }

    /** Why children are split from siblings who had a bed before them; null if they are not. */
    private @Nullable String splitFrom(Connection tx, UUID groupId, Bed found) {
        return placements.withBed(tx, groupId).stream()
                        .allMatch(sibling -> found.shelterId().equals(sibling.shelterId()))
                ? null
                : BedPlan.NO_SHELTER_HAS_ROOM_FOR_ALL;
    }

    private List<Placement> given(
            List<Placement> sought, List<Bed> found, @Nullable String split, @Nullable Instant heldUntil) {
        var given = new ArrayList<Placement>();
        for (int i = 0; i < sought.size(); i++) {
            var child = sought.get(i);
            given.add(
                    heldUntil == null
                            ? child.reserved(found.get(i), split, times.now())
                            : child.held(found.get(i), split, heldUntil, times.now()));
        }
        return given;
    }

    private static void tell(
            Placement placement, List<Placement> group, @Nullable UUID causation, List<EventDraft> told) {
        if (placement.state() == PlacementState.RESERVED) {
            told.add(PlacementEvents.reserved(placement, causation));
        } else if (placement.state() == PlacementState.UNPLACED) {
            told.add(PlacementEvents.unavailable(
                    placement, group.stream().map(Placement::childId).toList(), causation));
        }
    }

    /** Seeks beds again for everybody who waits, the longest first. */
    public void retryWaiting(Connection tx) throws SQLException {
        var seen = placements.waiting(tx).stream().map(Placement::childId).toList();
        if (seen.isEmpty()) {
            return;
        }
        KeyLocks.lock(tx, seen.stream().map(UUID::toString).toList());
        beds.lockShelters(tx);
        var groups = new LinkedHashMap<UUID, List<Placement>>();
        placements.waiting(tx).stream()
                .filter(placement -> seen.contains(placement.childId()))
                .forEach(placement -> groups.computeIfAbsent(placement.groupId(), group -> new ArrayList<>())
                        .add(placement));
        for (var group : groups.values()) {
            for (var placement : placed(tx, group, null)) {
                if (placement.state() == PlacementState.RESERVED) {
                    placements.update(tx, placement);
                    events.publish(tx, PlacementEvents.reserved(placement, null));
                }
            }
        }
    }

    /** Takes beds that are not slept in yet from shelters accused in a child's matter, and seeks another. */
    public void leaveExcluded(Connection tx, UUID childId, Collection<UUID> shelterIds, UUID causation)
            throws SQLException {
        var active = placements.activeOf(tx, List.of(childId)).get(childId);
        if (active == null
                || active.shelterId() == null
                || active.state() == PlacementState.ADMITTED
                || !shelterIds.contains(active.shelterId())) {
            return;
        }
        beds.lockShelters(tx);
        var without = active.unplaced(Fallback.NONE_YET, times.now());
        placements.update(tx, without);
        var again = placed(tx, List.of(without), active.heldUntil()).getFirst();
        placements.update(tx, again);
        var told = new ArrayList<EventDraft>();
        tell(again, List.of(again), causation, told);
        events.publish(tx, told);
        gained.at(tx, active.shelterId(), times.now());
    }
}
