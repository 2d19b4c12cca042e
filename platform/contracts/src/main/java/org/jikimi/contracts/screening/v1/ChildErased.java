package org.jikimi.contracts.screening.v1;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Data of a child were erased 파기 for good. Every service destroys what it keeps of it and acknowledges that by an event of
 * its own.
 *
 * @param childId the child, a pseudonym that nobody can be found by any more
 * @param version version of the aggregate after this event, from 1
 * @param state resulting state. One of {@code ERASED}.
 * @param aliasIds other ids of the same child, to be erased likewise
 * @param erasedAt when the registry had erased the child
 * @param dueBy when every service must have erased the child, backups included
 */
public record ChildErased(
        UUID childId, long version, String state, List<UUID> aliasIds, Instant erasedAt, Instant dueBy) {
    public ChildErased {
        Objects.requireNonNull(childId, "childId");
        Objects.requireNonNull(state, "state");
        aliasIds = List.copyOf(aliasIds);
        Objects.requireNonNull(erasedAt, "erasedAt");
        Objects.requireNonNull(dueBy, "dueBy");
    }
}
