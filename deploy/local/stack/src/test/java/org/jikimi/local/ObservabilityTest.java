package org.jikimi.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alert rules and dashboards name metrics that the code registers, or they would be silent for ever. */
class ObservabilityTest {
    private static final Path ROOT = Path.of(System.getProperty("jikimi.root"));
    private static final Path OBSERVABILITY = ROOT.resolve("deploy/observability");
    private static final Pattern NAMED = Pattern.compile("\\bjikimi_[a-z0-9_]+");
    private static final Pattern REGISTERED =
            Pattern.compile("(Gauge|Counter|Timer|DistributionSummary)\\s*\\.builder\\(\\s*\"(jikimi[a-z0-9.]+)\"");
    private static final YAMLMapper YAML = new YAMLMapper();

    static Stream<Path> files() throws IOException {
        try (var found = Files.walk(OBSERVABILITY)) {
            return found
                    .filter(file -> file.toString().matches(".*(alerts\\.yaml|\\.json)"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    static Stream<Path> ruleFiles() throws IOException {
        return files().filter(file -> file.toString().endsWith(".yaml"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyMetricThatIsNamedIsRegistered(Path file) throws IOException {
        assertThat(named(Files.readString(file))).isNotEmpty().isSubsetOf(registered());
    }

    @Test
    void aMetricThatNobodyRegistersIsSeen() throws IOException {
        assertThat(registered()).doesNotContainAnyElementsOf(named("rate(jikimi_relay_send_total[5m])"));
    }

    @Test
    void everyMetricOfTheChainIsShownToSomebody() throws IOException {
        var shown = new TreeSet<String>();
        for (var file : files().toList()) {
            shown.addAll(named(Files.readString(file)));
        }
        var ofTheChain = registered();
        ofTheChain.removeIf(metric -> !metric.matches("jikimi_(outbox|relay|inbox|due)_.*"));

        assertThat(shown).hasSizeGreaterThan(8);
        assertThat(ofTheChain).isSubsetOf(with(shown, "jikimi_inbox_early_overdue"));
    }

    @ParameterizedTest
    @MethodSource("ruleFiles")
    void everyAlertTellsHowBadItIsAndWhatToDo(Path file) throws IOException {
        var names = new ArrayList<String>();
        for (JsonNode group : YAML.readTree(file.toFile()).path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                var name = rule.path("alert").asText();
                names.add(name);
                assertThat(rule.path("labels").path("severity").asText())
                        .as(name)
                        .isIn("warning", "critical");
                assertThat(rule.path("annotations").path("summary").asText())
                        .as(name)
                        .isNotBlank();
                assertThat(rule.path("annotations").path("description").asText())
                        .as(name)
                        .isNotBlank();
                assertThat(rule.path("expr").asText()).as(name).isNotBlank();
            }
        }

        assertThat(names).isNotEmpty().doesNotHaveDuplicates().allMatch(name -> name.startsWith("Jikimi"));
    }

    @Test
    void everyPanelOfADashboardAsksItsSource() throws IOException {
        var dashboard = new ObjectMapper()
                .readTree(OBSERVABILITY.resolve("dashboards/chain.json").toFile());

        assertThat(dashboard.path("panels")).hasSizeGreaterThan(5).allSatisfy(panel -> {
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${source}");
            assertThat(panel.path("targets"))
                    .isNotEmpty()
                    .allSatisfy(
                            target -> assertThat(target.path("expr").asText()).contains("job=~\"$service\""));
        });
    }

    @Test
    void theLocalStackIsScrapedWhereItListens() throws IOException {
        var scraped = new TreeMap<String, String>();
        for (JsonNode job :
                YAML.readTree(OBSERVABILITY.resolve("prometheus.yaml").toFile()).path("scrape_configs")) {
            scraped.put(
                    job.path("job_name").asText(),
                    job.at("/static_configs/0/targets/0").asText()
                            + job.path("metrics_path").asText());
        }

        var expected = new TreeMap<String, String>();
        for (var service : Service.values()) {
            expected.put(service.module(), "127.0.0.1:" + Ports.standard().of(service) + "/q/metrics");
        }
        assertThat(scraped).isEqualTo(expected);
    }

    private static Set<String> with(Set<String> metrics, String another) {
        var all = new TreeSet<>(metrics);
        all.add(another); // rules of their own may be told in another file
        return all;
    }

    private static Set<String> named(String text) {
        var names = new TreeSet<String>();
        NAMED.matcher(text).results().forEach(found -> names.add(found.group()));
        return names;
    }

    /** The metrics of all main code, as Prometheus is told them. */
    private static Set<String> registered() throws IOException {
        var names = new TreeSet<String>();
        for (var module : modules()) {
            for (var source : sources(module)) {
                REGISTERED.matcher(Files.readString(source)).results().forEach(found -> {
                    var metric = found.group(2).replace('.', '_');
                    suffixes(found.group(1)).forEach(suffix -> names.add(metric + suffix));
                });
            }
        }
        return names;
    }

    private static List<String> suffixes(String meter) {
        return switch (meter) {
            case "Counter" -> List.of("_total");
            case "Timer" -> List.of("_seconds_count", "_seconds_sum", "_seconds_max", "_seconds_bucket");
            case "DistributionSummary" -> List.of("_count", "_sum", "_max", "_bucket");
            default -> List.of("");
        };
    }

    private static List<Path> sources(Path module) throws IOException {
        try (var found = Files.walk(module.resolve("src/main/java"))) {
            return found.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static List<Path> modules() {
        return Stream.concat(
                        Stream.of(ROOT.resolve("platform/runtime")),
                        Stream.of(Service.values()).map(service -> ROOT.resolve(service.module())))
                .toList();
    }
}
