package org.jikimi.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Questions to the parts that speak HTTP. */
final class Http {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private Http() {}

    /** Whether a GET is answered with 200. */
    static boolean isOk(String url) {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("Waiting for an answer was interrupted.", e);
        }
    }

    /** Waits until the URL answers 200, the part dies, or the time is over. */
    static void await(String url, Children.Child child, Duration within) {
        var until = System.nanoTime() + within.toNanos();
        while (!isOk(url)) {
            child.requireAlive();
            if (System.nanoTime() > until) {
                throw new StackFailure(
                        child.part() + " was not ready after " + within.toSeconds() + " s: see " + child.log() + ".");
            }
            Pause.ofMillis(200);
        }
    }
}
