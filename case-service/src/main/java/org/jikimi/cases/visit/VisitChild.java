package org.jikimi.cases.visit;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A child of the household, flagged or not.
 *
 * @param flagIds flags of the child that led to the visit, in the order of their ids; empty for a sibling who was not
 *     flagged
 * @param result null until the visit is completed
 */
record VisitChild(
        UUID childId, List<UUID> flagIds, @Nullable ChildResult result) {
    VisitChild {
        flagIds = List.copyOf(flagIds);
    }

    static VisitChild of(UUID childId) {
        return new VisitChild(childId, List.of(), null);
    }

    /** The first flag; null for a sibling who was not flagged. */
    @Nullable
    UUID flagId() {
        return flagIds.isEmpty() ? null : flagIds.getFirst();
    }

    VisitChild flagged(UUID flagId) {
        var flags = Stream.concat(flagIds.stream(), Stream.of(flagId))
                .distinct()
                .sorted()
                .toList();
        return new VisitChild(childId, flags, result);
    }

    VisitChild with(ChildResult found) {
        return new VisitChild(childId, flagIds, found);
    }
}
