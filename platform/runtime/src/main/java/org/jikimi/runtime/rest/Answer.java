package org.jikimi.runtime.rest;

import org.jspecify.annotations.Nullable;

/** What an endpoint answers: a result, or a refusal after which nothing has changed. */
public sealed interface Answer {
    /**
     * A success.
     *
     * @param status 200 to 299
     * @param body written as JSON; null for none
     * @param version becomes the {@code ETag}; null for none
     * @param location path of what was created; null for none
     */
    record Done(
            int status,
            @Nullable Object body,
            @Nullable Long version,
            @Nullable String location) implements Answer {}

    record Refused(Problem problem) implements Answer {}

    static Answer ok(Object body) {
        return new Done(200, body, null, null);
    }

    static Answer ok(Object body, long version) {
        return new Done(200, body, version, null);
    }

    static Answer created(String location, Object body, long version) {
        return new Done(201, body, version, location);
    }

    static Answer accepted(String location, Object body) {
        return new Done(202, body, null, location);
    }

    static Answer refused(Problem problem) {
        return new Refused(problem);
    }
}
