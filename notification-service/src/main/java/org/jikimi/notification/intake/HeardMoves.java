package org.jikimi.notification.intake;

import java.util.Optional;
import java.util.UUID;
import org.jikimi.contracts.screening.v1.ChildIdentityMerged;
import org.jikimi.contracts.screening.v1.ChildIdentitySplit;
import org.jikimi.contracts.screening.v1.ChildMoved;
import org.jikimi.notification.alert.Move;

/** By which events a child comes to live in another district. */
final class HeardMoves {
    private HeardMoves() {}

    /** The move of which an event tells; none of an older merge or split that names no places. */
    static Optional<Move> of(UUID eventId, Record data) {
        return switch (data) {
            case ChildMoved e
            when !e.districtCode().equals(e.fromDistrictCode()) ->
                Optional.of(new Move(
                        eventId, e.childId(), e.version(), e.fromDistrictCode(), e.districtCode(), e.movedAt(), null));
            case ChildIdentityMerged e
            when e.mergedDistrictCode() != null ->
                Optional.of(new Move(
                        eventId,
                        e.mergedChildId(),
                        e.mergedChildVersion(),
                        e.mergedDistrictCode(),
                        e.districtCode(),
                        e.mergedAt(),
                        new Move.Tie(e.childId(), e.version(), true)));
            case ChildIdentitySplit e
            when e.splitDistrictCode() != null ->
                Optional.of(new Move(
                        eventId,
                        e.splitChildId(),
                        e.splitChildVersion(),
                        e.districtCode(),
                        e.splitDistrictCode(),
                        e.splitAt(),
                        new Move.Tie(e.childId(), e.version(), false)));
            default -> Optional.empty();
        };
    }
}
