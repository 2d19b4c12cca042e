package org.jikimi.city.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens from Keycloak by the sample users' password, kept until a minute before they expire. */
public final class KeycloakTokens implements TokenSource {
    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Held(String token, long goodUntilNanos) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI endpoint;
    private final String password;
    private final String client;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    /**
     * @param keycloak such as {@code http://127.0.0.1:8180}
     * @param password the one password of the sample users
     */
    public KeycloakTokens(URI keycloak, String password) {
        this(keycloak, password, "jikimi-cli");
    }

    /** Tokens that another client of the realm asks for. */
    public KeycloakTokens(URI keycloak, String password, String client) {
        this.endpoint = keycloak.resolve("/realms/jikimi/protocol/openid-connect/token");
        this.password = password;
        this.client = client;
    }

    @Override
    public String token(String user) throws IOException, InterruptedException {
        Held known = held.get(user);
        if (known != null && known.goodUntilNanos() - System.nanoTime() > 0) {
            return known.token();
        }
        Held fresh = login(user);
        held.put(user, fresh);
        return fresh.token();
    }

    @Override
    public void forget(String user) {
        held.remove(user);
    }

    private Held login(String user) throws IOException, InterruptedException {
        String form = "grant_type=password&client_id=" + encoded(client) + "&username=" + encoded(user) + "&password="
                + encoded(password);
        long asked = System.nanoTime();
        var response = http.send(
                HttpRequest.newBuilder(endpoint)
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("Keycloak answered " + response.statusCode() + " for user " + user);
        }
        JsonNode answer = JSON.readTree(response.body());
        Duration life = Duration.ofSeconds(answer.path("expires_in").asLong()).minus(MARGIN);
        return new Held(answer.path("access_token").asText(), asked + life.toNanos());
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
