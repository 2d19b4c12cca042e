package org.jikimi.systemtests.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jikimi.local.Stack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The README's examples, typed as they stand there. */
@ExtendWith(RunningPlatform.class)
class ReadmeTest {
    private static final Path ROOT = Path.of(System.getProperty("jikimi.root"));
    private static final String BEGIN = "<!-- ReadmeTest runs this block -->\n```bash\n";

    private final Stack stack;

    ReadmeTest(Stack stack) {
        this.stack = stack;
    }

    @Test
    void theExamplesByHandLeadFromAFileOfChildrenToAnAlertAndAnAnswer() throws IOException, InterruptedException {
        var script = "set -euo pipefail\n" + atThesePorts(block());
        var bash = new ProcessBuilder("timeout", "120", "bash", "-c", script)
                .directory(ROOT.toFile())
                .redirectErrorStream(true);
        bash.environment().put("JIKIMI_DATA", stack.logs().resolveSibling("").toString());

        var process = bash.start();
        var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(told).isZero();
        assertThat(told)
                .contains("\"received\":500,\"accepted\":500,\"duplicates\":0,\"rejected\":0")
                .contains("{\"line\":3,\"code\":\"unknown-indicator\"")
                .contains("/power.csv: OK")
                .contains("\"channel\":\"MANDATED_REPORTER\"")
                .contains("\"kind\":\"ABUSE_REPORTED\"")
                .contains("\"law\":\"PIPA_35_4\",\"withheld\":[\"CIRCUMSTANCES\",\"WHEREABOUTS\",");
    }

    private static String block() throws IOException {
        var readme = Files.readString(ROOT.resolve("README.md"));
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        assertThat(begin).isGreaterThan(BEGIN.length());
        return readme.substring(begin, readme.indexOf("\n```", begin));
    }

    private String atThesePorts(String script) {
        var urls = stack.urls();
        var replaced = script;
        for (var port : Map.of(
                        8081, urls.screening(), 8082, urls.cases(), 8083, urls.referral(), 8084, urls.notification())
                .entrySet()) {
            replaced = replaced.replace(
                    URI.create("http://127.0.0.1:" + port.getKey()).toString(),
                    port.getValue().toString());
        }
        return replaced;
    }
}
