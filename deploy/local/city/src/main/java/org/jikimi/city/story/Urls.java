package org.jikimi.city.story;

import java.net.URI;

/**
 * Where the four services answer.
 *
 * @param screening such as {@code http://127.0.0.1:8081}; without a path
 * @param cases likewise
 * @param referral likewise
 * @param notification likewise
 */
public record Urls(URI screening, URI cases, URI referral, URI notification) {
    /** The ports of the local stack. */
    public static Urls local() {
        return new Urls(local(8081), local(8082), local(8083), local(8084));
    }

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
