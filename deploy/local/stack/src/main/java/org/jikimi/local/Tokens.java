package org.jikimi.local;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** Access tokens of the sample users, each good for 30 minutes. */
public final class Tokens {
    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    private final String realm;
    private final String password;

    Tokens(String realm, String password) {
        this.realm = realm;
        this.password = password;
    }

    /**
     * Logs a sample user in and tells the access token. Logging in is slow on purpose: keep the token.
     *
     * @throws RuntimeException with one sentence if Keycloak does not answer or does not know the user
     */
    public String of(String user) {
        var form = "client_id=jikimi-cli&grant_type=password&username=%s&password=%s"
                .formatted(encode(user), encode(password));
        var answer = Http.send(HttpRequest.newBuilder(URI.create(realm + "/protocol/openid-connect/token"))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build())
                .orElseThrow(() -> new StackFailure("Keycloak does not answer at " + realm + ": is the stack up?"));
        var token = TOKEN.matcher(answer.body());
        if (answer.statusCode() != 200 || !token.find()) {
            throw new StackFailure("There is no token for " + user + " (Keycloak answered " + answer.statusCode()
                    + "): deploy/keycloak/jikimi-realm.json lists the users.");
        }
        return token.group(1);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
