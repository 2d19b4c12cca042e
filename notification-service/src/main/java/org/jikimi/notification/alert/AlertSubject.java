package org.jikimi.notification.alert;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an alert is about.
 *
 * @param type kind of thing
 * @param id its id
 * @param childId the child, a pseudonym; null where no child is meant
 * @param party tells alerts about one thing apart: the agency it was offered to, the clock, the child, or the move that
 *     brought it to another district; null where there is but one
 */
public record AlertSubject(
        SubjectType type,
        UUID id,
        @Nullable UUID childId,
        @Nullable UUID party) {
    /** The same thing, with none of its children named. */
    public AlertSubject withoutChild() {
        return new AlertSubject(type, id, null, null);
    }
}
