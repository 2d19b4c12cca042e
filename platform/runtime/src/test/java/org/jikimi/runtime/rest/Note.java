package org.jikimi.runtime.rest;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A thing to try the rules on. */
record Note(UUID id, String text, int stars, long version) {
    record Body(
            @Nullable String text,
            int stars,
            @Nullable LocalDate due,
            @Nullable List<Body> inner) {}
}
