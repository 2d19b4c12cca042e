package org.jikimi.cases.timeline;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of a child's story, in codes.
 *
 * @param at when
 * @param service which service it happened in
 * @param what an event type, or a name of its own
 * @param subjectId what it happened to
 * @param state resulting state, if any
 * @param detail a code that says more
 */
public record Happening(
        UUID childId,
        Instant at,
        String service,
        String what,
        UUID subjectId,
        @Nullable String state,
        @Nullable String detail,
        UUID correlationId) {}
