package org.jikimi.runtime.audit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps the heads of audit blocks where who can change the database cannot change them. The newest head vouches for all
 * blocks before it. A failing store throws {@link java.io.UncheckedIOException}.
 */
public interface AnchorStore {
    /** Adds anchors, in order; they are safe when this returns. */
    void append(List<Anchor> anchors);

    /** The newest one; empty if there is none. */
    Optional<Anchor> newest();

    /** All of them, oldest first. To be closed. */
    Stream<Anchor> all();
}
