package org.jikimi.local;

import java.util.concurrent.Callable;
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
    public Integer call() {
        var layout = where.layout();
        if (!java.nio.file.Files.exists(layout.secrets().resolve("stack.properties"))) {
            throw new StackFailure("There is no stack in " + layout.data() + ": ./jikimi up starts one.");
        }
        var realm = "http://127.0.0.1:" + layout.ports().keycloak() + "/realms/jikimi";
        System.out.println(new Tokens(realm, Secrets.in(layout.secrets()).sampleUsers()).of(user));
        return 0;
    }
}
