package org.jikimi.screening.batch;

import java.time.Instant;
import java.util.UUID;

/**
 * A file of lines that an agency sends, in one go or several.
 *
 * @param source whose ids the lines carry: the agency, or its kind where the token names no agency
 * @param arrivedAt when its sender began to send it, or began again after it broke off; lines that are settled later still
 *     arrived then
 * @param saidAt when its sender first began to send it: its lines are no newer
 */
public record Batch(UUID id, BatchKind kind, String source, Instant arrivedAt, Instant saidAt) {
    /** What is stored when it comes. */
    public static Batch now(UUID id, BatchKind kind, String source, Instant now) {
        return new Batch(id, kind, source, now, now);
    }
}
