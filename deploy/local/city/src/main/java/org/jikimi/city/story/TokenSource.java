package org.jikimi.city.story;

import java.io.IOException;

/** Gives access tokens of the sample users, each with a role and the claims that go with it. */
@FunctionalInterface
public interface TokenSource {
    /**
     * A token that is still valid for a while.
     *
     * @param user login, such as {@code officer-11350}
     * @throws IOException if nobody gives one now; asking again later may help
     */
    String token(String user) throws IOException, InterruptedException;

    /** Takes notice that a token was refused, so that the next one is new. */
    default void forget(String user) {}
}
