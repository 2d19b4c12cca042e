package org.jikimi.sample.note;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A text with stars, of which {@code version} tells how often it was written, from 1. */
record Note(UUID id, String text, int stars, long version) {
    record Body(
            @Nullable String text,
            int stars,
            @Nullable LocalDate due,
            @Nullable List<Body> inner) {}
}
