package org.jikimi.city.story;

import java.io.IOException;
import java.time.Duration;

/** The simulated clock of a local stack: how far it runs ahead of the machine's. */
public interface ClockOffset {
    Duration ahead();

    /**
     * Sets the clock further ahead; it never goes back.
     *
     * @param by more than zero
     * @throws IOException if the services cannot be told
     */
    void moveOn(Duration by) throws IOException;
}
