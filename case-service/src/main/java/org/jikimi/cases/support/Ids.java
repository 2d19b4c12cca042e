package org.jikimi.cases.support;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids of things that follow from another thing: a repeat gives the same id, so that it cannot double it. */
public final class Ids {
    private Ids() {}

    /** The id of what follows from a thing. */
    public static UUID of(UUID cause, String what) {
        return UUID.nameUUIDFromBytes((cause + "/" + what).getBytes(StandardCharsets.UTF_8));
    }
}
