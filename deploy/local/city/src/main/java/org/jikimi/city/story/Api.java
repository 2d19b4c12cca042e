package org.jikimi.city.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The public REST APIs as one user after the other calls them. A call that meets a broken connection, 429, 502, 503 or
 * 504 is made again, with the same {@code Idempotency-Key}, until the patience has run out: so a service that is killed
 * in the middle loses nothing and does nothing twice.
 */
final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 500;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final TokenSource tokens;
    private final Patience patience;
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong repeats = new AtomicLong();

    Api(TokenSource tokens, Patience patience) {
        this.tokens = tokens;
        this.patience = patience;
    }

    long calls() {
        return calls.get();
    }

    /** Calls that had to be made again. */
    long repeats() {
        return repeats.get();
    }

    Reply get(String user, URI service, String path) {
        return call(user, at(service, path), request -> request.GET());
    }

    /** Everything of a list, page after page. */
    void each(String user, URI service, String path, Consumer<JsonNode> item) {
        String cursor = "";
        do {
            String query = (path.contains("?") ? "&" : "?") + "limit=" + PAGE
                    + (cursor.isEmpty() ? "" : "&cursor=" + encoded(cursor));
            JsonNode page = get(user, service, path + query).orFail("GET " + path);
            page.path("items").forEach(item);
            cursor = page.path("next").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));
    }

    /**
     * A POST.
     *
     * @param key names the effect: the same key is the same effect
     */
    Reply post(String user, URI service, String path, String key, JsonNode body) {
        return call(
                user,
                at(service, path),
                request -> request.header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString())));
    }

    /** A POST that changes something of which a version was read. */
    Reply change(String user, URI service, String path, String key, String etag, JsonNode body) {
        return call(
                user,
                at(service, path),
                request -> request.header("Idempotency-Key", key)
                        .header("If-Match", etag)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString())));
    }

    /** Sends a file of lines. */
    Reply upload(String user, URI service, String path, String key, Path file) throws IOException {
        BodyPublisher body = BodyPublishers.ofFile(file);
        String type = file.toString().endsWith(".csv") ? "text/csv" : "application/x-ndjson";
        return call(
                user,
                at(service, path),
                request -> request.header("Idempotency-Key", key)
                        .header("Content-Type", type)
                        .POST(body));
    }

    private Reply call(String user, URI uri, Consumer<HttpRequest.Builder> shape) {
        calls.incrementAndGet();
        long end = System.nanoTime() + patience.total().toNanos();
        boolean askedForNewToken = false;
        while (true) {
            String trouble;
            try {
                var request = HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofMinutes(10))
                        .header("Authorization", "Bearer " + tokens.token(user))
                        .header("Accept", "application/json");
                shape.accept(request);
                HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
                int status = response.statusCode();
                boolean again = status == 429 || (status >= 502 && status <= 504);
                if (status == 401 && !askedForNewToken) {
                    askedForNewToken = true;
                    tokens.forget(user);
                    continue;
                }
                if (!again) {
                    return reply(response);
                }
                trouble = "answered " + status;
            } catch (IOException e) {
                trouble = e.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoryFailure("interrupted", e);
            }
            if (System.nanoTime() - end >= 0) {
                throw new StoryFailure(
                        uri.getPath() + " could not be reached for " + patience.total() + ": " + trouble);
            }
            repeats.incrementAndGet();
            patience.rest();
        }
    }

    private static Reply reply(HttpResponse<String> response) {
        String text = response.body();
        JsonNode body;
        try {
            body = text.isBlank() ? MissingNode.getInstance() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new StoryFailure(
                    response.uri().getPath() + " answered " + response.statusCode() + " without JSON", e);
        }
        return new Reply(
                response.statusCode(),
                body,
                response.headers().firstValue("ETag").orElse(""));
    }

    private static URI at(URI service, String path) {
        return service.resolve("/api/v1/" + path);
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
