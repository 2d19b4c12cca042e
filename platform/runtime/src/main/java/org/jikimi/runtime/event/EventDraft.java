package org.jikimi.runtime.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event to be published.
 *
 * @param data a contract record
 * @param key the child's surviving id, or the aggregate's id where no child is meant
 * @param subject the aggregate's id
 * @param districtCode district; null where none is meant
 * @param correlation the flag or report that began it all
 * @param causation id of the event that this one follows from; null if a person caused it
 */
public record EventDraft(
        Record data,
        UUID key,
        UUID subject,
        @Nullable String districtCode,
        UUID correlation,
        @Nullable UUID causation) {}
