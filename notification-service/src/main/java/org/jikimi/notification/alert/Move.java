package org.jikimi.notification.alert;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A child moved from one district to another, or is taken to live elsewhere since it proved to be another one, or not to be.
 *
 * @param eventId event that told of it
 * @param version of the child, which rises with every move
 * @param movedAt when the register told so, or a person decided so
 * @param tie to the child that survives, of a merge or a split; null of a move by the register
 */
public record Move(
        UUID eventId,
        UUID childId,
        long version,
        String from,
        String to,
        Instant movedAt,
        @Nullable Tie tie) {
    /**
     * While a child is an alias, it moves with the one that survives.
     *
     * @param version of the child that survives: its moves after a merge, and up to a split, hold for the alias
     * @param begins false of a split
     */
    public record Tie(UUID survivor, long version, boolean begins) {}

    boolean changesDistrict() {
        return !from.equals(to);
    }
}
