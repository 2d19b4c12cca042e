package org.jikimi.runtime.rest;

import org.jspecify.annotations.Nullable;

/** What the rules need to know of the HTTP request under way. */
interface RequestFacts {
    /** The header's value; several lines joined by commas. */
    @Nullable
    String header(String name);

    /** The path without host and query. */
    String path();
}
