package org.jikimi.runtime.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, as every list is answered.
 *
 * @param next cursor of what follows; null at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }
}
