package org.jikimi.referral.placement;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Children who need a place, together if that can be.
 *
 * @param groupId names the children's common cause; with the child it makes the placement's id
 * @param children the child and its siblings, without repeats
 * @param measureId the protective measure it serves, if any
 * @param correlationId the flag or report that began it all
 */
public record Need(
        UUID groupId,
        List<UUID> children,
        String districtCode,
        @Nullable UUID measureId,
        UUID correlationId) {
    public Need {
        children = children.stream().distinct().sorted().toList();
        if (children.isEmpty()) {
            throw new IllegalArgumentException("nobody needs a place");
        }
    }
}
