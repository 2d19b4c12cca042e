package org.jikimi.screening.reference;

import java.util.UUID;

/**
 * The id that stands in place of a child that was erased. Ids of children tell the time at which they were made (version 7);
 * one of nobody tells nothing (version 4), and so is known as such.
 */
public final class Nobody {
    private static final int RANDOM = 4;

    private Nobody() {}

    /** One that was never given before. */
    public static UUID next() {
        return UUID.randomUUID();
    }

    public static boolean is(UUID child) {
        return child.version() == RANDOM;
    }
}
