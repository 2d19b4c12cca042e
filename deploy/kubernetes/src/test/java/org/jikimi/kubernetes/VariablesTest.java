package org.jikimi.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jikimi.local.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A variable that is spelled wrong is read by nobody, and its default is taken without a word. */
class VariablesTest {
    /** Those of Quarkus and of the JVM. */
    private static final Set<String> OTHERS = Set.of(
            "QUARKUS_HTTP_HOST",
            "QUARKUS_PROFILE",
            "QUARKUS_SHUTDOWN_DELAY",
            "SMALLRYE_CONFIG_LOCATIONS",
            "JAVA_TOOL_OPTIONS");

    private static final Pattern KEY = Pattern.compile("(?m)^(?:%\\w+\\.)?(jikimi\\.[\\w.-]+)=");
    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    private static final Pattern SETTING = Pattern.compile("(?m)^    [\\w<>, ]+ (\\w+)\\(\\);");

    static Stream<Overlay> overlays() {
        return Overlay.all();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyVariableIsOneThatTheServiceReads(Overlay overlay) throws IOException {
        for (var service : Service.values()) {
            var container = overlay.one("Deployment", service.module()).at("/spec/template/spec/containers/0/env");

            assertThat(container.findValuesAsText("name")).isNotEmpty();
            assertThat(container)
                    .extracting(variable -> variable.path("name").asText())
                    .doesNotHaveDuplicates()
                    .isSubsetOf(readBy(service));
        }
    }

    @Test
    void aVariableThatNobodyReadsIsSeen() throws IOException {
        assertThat(readBy(Service.NOTIFICATION))
                .contains("JIKIMI_SMTP_START_TLS")
                .doesNotContain("JIKIMI_SMTP_STARTTLS", "JIKIMI_KAFKA_BOOTSTRAP_SERVERS");
        assertThat(readBy(Service.CASE)).doesNotContain("JIKIMI_SMTP_HOST");
    }

    private static Set<String> readBy(Service service) throws IOException {
        var read = new TreeSet<>(OTHERS);
        for (var module : List.of("platform/runtime", service.module())) {
            for (var file : files(Overlay.ROOT.resolve(module).resolve("src/main"))) {
                var text = Files.readString(file);
                KEY.matcher(text).results().forEach(key -> read.add(variable(key.group(1))));
                var prefix = PREFIX.matcher(text);
                if (prefix.find()) {
                    SETTING.matcher(text)
                            .results()
                            .forEach(setting -> read.add(variable(prefix.group(1) + "." + dashed(setting.group(1)))));
                }
            }
        }
        return read;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (var found = Files.walk(directory)) {
            return found.filter(file -> file.toString().matches(".*\\.(java|properties)"))
                    .toList();
        }
    }

    private static String dashed(String method) {
        return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
