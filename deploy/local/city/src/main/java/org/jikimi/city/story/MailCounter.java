package org.jikimi.city.story;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Reads the mails that the stack's mail server took in, by their header {@code X-Jikimi-Correlation}. */
public interface MailCounter {
    /** All mails with the header that have arrived so far. */
    long arrived() throws IOException;

    /**
     * When the first mail of a correlation arrived, by the machine's clock.
     *
     * @param correlationId id of the flag or report that began it
     */
    Optional<Instant> firstArrival(String correlationId) throws IOException;
}
