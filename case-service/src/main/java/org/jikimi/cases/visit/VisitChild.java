package org.jikimi.cases.visit;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A child of the household, flagged or not.
 *
 * @param flagIds flags of the child that led to the visit, in the order of their ids; empty for a sibling who was not
 *     flagged, and for a child who is visited elsewhere by now
 * @param result null until the visit is completed
 * @param home where the register has the child, as far as moves have told; null if that is where the visit is made
 * @param gone null unless the child left the household and is visited elsewhere
 */
record VisitChild(
        UUID childId,
        List<UUID> flagIds,
        @Nullable ChildResult result,
        @Nullable Home home,
        @Nullable Gone gone) {
    VisitChild {
        flagIds = List.copyOf(flagIds);
    }

    /**
     * A child left.
     *
     * @param visitId the visit of the household that the child came to
     * @param flagged whether this visit was made for the child's sake, too
     */
    record Gone(UUID visitId, boolean flagged) {}

    static VisitChild of(UUID childId) {
        return of(childId, List.of());
    }

    static VisitChild of(UUID childId, List<UUID> flagIds) {
        return new VisitChild(childId, flagIds, null, null, null);
    }

    /** The first flag; null for a sibling who was not flagged. */
    @Nullable
    UUID flagId() {
        return flagIds.isEmpty() ? null : flagIds.getFirst();
    }

    boolean isFlagged() {
        return !flagIds.isEmpty();
    }

    /** Whether a flag of the child led to the visit, even if another one answers it now. */
    boolean wasFlagged() {
        return isFlagged() || (gone != null && gone.flagged());
    }

    /** The child is visited here again, if it had gone. */
    VisitChild flagged(UUID flagId) {
        var flags = Stream.concat(flagIds.stream(), Stream.of(flagId))
                .distinct()
                .sorted()
                .toList();
        return new VisitChild(childId, flags, result, gone == null ? home : null, null);
    }

    /** Whether the child was not visited because the register said that it had died or emigrated, and is not by another visit. */
    boolean isUnvisited() {
        return result != null && !result.seen() && gone == null;
    }

    /** Whether nobody went to the child, for the register said that it had died or emigrated, and no other visit is made for it. */
    boolean isLeftOut() {
        return result != null && Boolean.TRUE.equals(result.notVisited()) && gone == null;
    }

    /** Whether the register has the child somewhere else than where the visit is made. */
    boolean livesElsewhere() {
        return home != null || gone != null;
    }

    VisitChild with(ChildResult found) {
        return new VisitChild(childId, flagIds, found, home, gone);
    }

    VisitChild at(@Nullable Home place) {
        return new VisitChild(childId, flagIds, result, place, gone);
    }

    VisitChild goneTo(UUID visitId) {
        return new VisitChild(childId, List.of(), result, null, new Gone(visitId, wasFlagged()));
    }
}
