package org.jikimi.systemtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jikimi.city.story.TokenSource;
import org.jikimi.city.story.Urls;
import org.jikimi.local.Stack;

/** The public surface as it is: each request is sent once, with what the test says and nothing else. */
public final class Rest {
    public static final ObjectMapper JSON = new ObjectMapper();

    /** One of the four services. */
    public enum Service {
        SCREENING,
        CASES,
        REFERRAL,
        NOTIFICATION
    }

    /** What was answered; the body is missing if it is no JSON. */
    public record Answer(int status, String type, String etag, String text, JsonNode body) {
        public String problem() {
            var name = body.path("type").asText();
            return name.startsWith("urn:jikimi:problem:") ? name.substring("urn:jikimi:problem:".length()) : "";
        }

        @Override
        public String toString() {
            return status + " " + text;
        }
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Urls urls;
    private final TokenSource tokens;

    public Rest(Stack stack) {
        this.urls = stack.urls();
        this.tokens = stack.tokens();
    }

    /** A request with a token of the user, if one is named, and a fresh Idempotency-Key. */
    public Call as(String user) {
        try {
            var call = anonymous().header("Idempotency-Key", UUID.randomUUID().toString());
            return call.bearer(tokens.token(user));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Call anonymous() {
        return new Call(HttpRequest.newBuilder().timeout(Duration.ofSeconds(60)));
    }

    /** Status of the readiness check; 0 if there is no answer. */
    public int health(Service service) {
        try {
            return anonymous().send("GET", service, "/q/health").status();
        } catch (IllegalStateException away) {
            return 0;
        }
    }

    private URI of(Service service) {
        return switch (service) {
            case SCREENING -> urls.screening();
            case CASES -> urls.cases();
            case REFERRAL -> urls.referral();
            case NOTIFICATION -> urls.notification();
        };
    }

    /** A request in the making. */
    public final class Call {
        private final HttpRequest.Builder request;

        private Call(HttpRequest.Builder request) {
            this.request = request;
        }

        public Call bearer(String token) {
            return header("Authorization", "Bearer " + token);
        }

        public Call header(String name, String value) {
            request.setHeader(name, value);
            return this;
        }

        public Call headers(Map<String, String> more) {
            more.forEach(this::header);
            return this;
        }

        /** With a path below {@code /api/v1/}. */
        public Answer get(Service service, String path) {
            return send("GET", service, "/api/v1/" + path);
        }

        /** With a JSON body and a path below {@code /api/v1/}. */
        public Answer post(Service service, String path, String body) {
            return post(service, path, "application/json", body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        public Answer post(Service service, String path, String type, byte[] body) {
            return header("Content-Type", type)
                    .send("POST", service, "/api/v1/" + path, BodyPublishers.ofByteArray(body));
        }

        public Answer send(String method, Service service, String path) {
            return send(method, service, path, BodyPublishers.noBody());
        }

        public Answer send(String method, Service service, String path, HttpRequest.BodyPublisher body) {
            try {
                var answer = http.send(
                        request.uri(URI.create(of(service) + path))
                                .method(method, body)
                                .build(),
                        BodyHandlers.ofString());
                var headers = answer.headers();
                return new Answer(
                        answer.statusCode(),
                        headers.firstValue("Content-Type").orElse(""),
                        headers.firstValue("ETag").orElse(""),
                        answer.body(),
                        json(answer.body()));
            } catch (IOException e) {
                throw new IllegalStateException(method + " " + path + " was not answered", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private static JsonNode json(String text) {
            try {
                return text.isBlank() ? MissingNode.getInstance() : JSON.readTree(text);
            } catch (JsonProcessingException e) {
                return MissingNode.getInstance();
            }
        }
    }
}
