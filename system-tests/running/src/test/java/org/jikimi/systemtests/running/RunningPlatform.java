package org.jikimi.systemtests.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jikimi.local.Stack;
import org.jikimi.local.Trees;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The whole platform, started for the first test that wants it and ended after the last one of the module. Its data and
 * logs stay in {@code target/platform} until the next run.
 */
final class RunningPlatform implements BeforeAllCallback, ParameterResolver {
    /** Client of the tests' realm whose tokens soon expire; else as {@code jikimi-cli}. */
    static final String SHORT_LIVED_CLIENT = "short-lived";

    private static final Path DATA = Path.of("target", "platform").toAbsolutePath();
    private static final Path ROOT = Path.of(System.getProperty("jikimi.root"));

    /** Ends the platform with the last test. */
    private record Running(Stack stack) implements AutoCloseable {
        @Override
        public void close() {
            var processes = stack.processes();
            stack.stop();
            assertThat(processes).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        stackOf(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return stackOf(context);
    }

    private static Stack stackOf(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(RunningPlatform.class))
                .computeIfAbsent(Running.class, key -> start(), Running.class)
                .stack();
    }

    private static Running start() {
        try {
            Trees.delete(DATA);
            Files.createDirectories(DATA);
            var realm = Files.writeString(DATA.resolveSibling("realm.json"), realmWithShortLivedTokens());
            var stack = Stack.onFreePorts(ROOT, DATA, realm, System.out);
            Runtime.getRuntime().addShutdownHook(new Thread(stack::stop));
            stack.startFoundation();
            stack.startServices();
            return new Running(stack);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String realmWithShortLivedTokens() throws IOException {
        var realm = Files.readString(ROOT.resolve("deploy/keycloak/jikimi-realm.json"));
        int begin = realm.indexOf("\"clients\": [") + "\"clients\": [".length();
        int end = realm.indexOf("\n    }", begin) + "\n    }".length();
        var client = realm.substring(begin, end);
        var shortLived = client.replace("\"jikimi-cli\"", "\"" + SHORT_LIVED_CLIENT + "\"")
                .replace("\"access.token.lifespan\": \"1800\"", "\"access.token.lifespan\": \"6\"");
        assertThat(shortLived).contains(SHORT_LIVED_CLIENT, "\"6\"");
        return realm.substring(0, begin) + shortLived + "," + realm.substring(begin);
    }
}
