package org.jikimi.local;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jikimi.city.story.KeycloakTokens;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints an access token. */
@Command(name = "token", description = "Prints an access token of a sample user, good for 30 minutes.")
final class TokenCommand implements Callable<Integer> {
    @Mixin
    private Jikimi.Where where = new Jikimi.Where();

    @Parameters(index = "0", paramLabel = "USER", description = "such as analyst-1, officer-11350 or cpa-1")
    private String user = "";

    @Override
    public Integer call() throws InterruptedException {
        var layout = where.layout();
        var secrets = layout.knownSecrets();
        var keycloak = URI.create("http://127.0.0.1:" + layout.ports().keycloak());
        try {
            var password = secrets.sampleUsers();
            System.out.println(new KeycloakTokens(keycloak, password).token(user));
        } catch (ConnectException e) {
            throw new StackFailure("Keycloak does not answer at " + keycloak + ": is the stack up?", e);
        } catch (IOException e) {
            throw new StackFailure(e.getMessage() + ": deploy/keycloak/jikimi-realm.json lists the users.", e);
        }
        return 0;
    }
}
