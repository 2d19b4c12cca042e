package org.jikimi.city.story;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a service answered.
 *
 * @param status HTTP status
 * @param body the JSON body; a missing node if there was none
 * @param etag version of what was read or changed; empty if the service gave none
 */
record Reply(int status, JsonNode body, String etag) {
    boolean done() {
        return status >= 200 && status < 300;
    }

    /** The last part of the problem's type; empty if it is none. */
    String problem() {
        String type = body.path("type").asText("");
        return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf(':')) + 1);
    }

    /** The body of a success. */
    JsonNode orFail(String what) {
        if (!done()) {
            throw new StoryFailure(what + " was answered with " + status + " " + problem() + " "
                    + body.path("field").asText("") + " " + body.path("detail").asText(""));
        }
        return body;
    }
}
