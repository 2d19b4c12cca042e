package org.jikimi.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The containers are the same stack as {@code ./jikimi up}. */
class ComposeTest {
    private static final Layout LAYOUT = Layout.of(Path.of(System.getProperty("jikimi.root")), null);
    private static final Pattern MOUNT = Pattern.compile("\\$\\{JIKIMI_DATA:-\\.jikimi}/compose/([^:]+):([^:]+):ro");

    private static final Set<String> ADDRESSES = Set.of(
            "quarkus.http.host",
            "jikimi.db.url",
            "jikimi.kafka.bootstrap",
            "jikimi.oidc.url",
            "jikimi.smtp.host",
            "jikimi.smtp.port",
            "jikimi.audit.anchors");

    @TempDir
    static Path temp;

    private static JsonNode compose;

    @BeforeAll
    static void read() throws IOException {
        compose = new YAMLMapper()
                .readTree(LAYOUT.root().resolve("docker-compose.yml").toFile());
        ComposeCommand.write(temp.resolve("compose"), LAYOUT.realm());
    }

    @Test
    void everyPartListensOnThePortOfTheLocalStackAndOnLoopbackAlone() {
        var published = new TreeMap<String, Integer>();
        compose.path("services")
                .properties()
                .forEach(part -> part.getValue().path("ports").forEach(port -> {
                    var fields = port.asText().split(":", -1);
                    assertThat(fields[0]).isEqualTo("127.0.0.1");
                    published.put(part.getKey(), Integer.parseInt(fields[1]));
                }));

        var local = new TreeMap<>(Ports.standard().byPart());
        local.remove("kafka-controller");
        assertThat(published).isEqualTo(local);
    }

    @Test
    void everyServiceIsToldTheSameAsInTheLocalStack() throws IOException {
        var secrets = Secrets.in(Files.createDirectories(temp.resolve("local")));
        for (var service : Service.values()) {
            var local = new TreeSet<>(SecretFiles.read(secrets.handOver(service, Ports.standard(), LAYOUT))
                    .stringPropertyNames());
            local.remove("jikimi.clock.offset-file");

            var container = configOf(service);

            assertThat(container.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(local);
            assertThat(container.getProperty("quarkus.http.port"))
                    .isEqualTo(String.valueOf(Ports.standard().of(service)));
        }
    }

    @Test
    void everyServiceHasTheNamesAndRightsOfTheLocalStack() {
        var secrets = Secrets.in(temp.resolve("compose"));
        for (var service : Service.values()) {
            var local = secrets.configOf(service, Secrets.Surroundings.local(service, Ports.standard(), temp));
            var container = configOf(service);
            for (var name : local.stringPropertyNames()) {
                if (!ADDRESSES.contains(name)) {
                    assertThat(container.getProperty(name)).as(name).isEqualTo(local.getProperty(name));
                }
            }
            assertThat(container.getProperty("jikimi.clock.simulated")).isEqualTo("false");
        }
    }

    @Test
    void everyServiceReachesThePartsByTheirNamesAndTheirInnerPorts() throws IOException {
        var inner = innerPorts();
        inner.put("kafka", "9092"); // not published: the listener of the other containers
        assertThat(Files.readString(temp.resolve("compose/kafka.properties"))).contains("INTERNAL://0.0.0.0:9092");

        for (var service : Service.values()) {
            var config = configOf(service);
            assertThat(config.getProperty("jikimi.db.url"))
                    .isEqualTo("jdbc:postgresql://postgresql:" + inner.get("postgresql") + "/" + service.key());
            assertThat(config.getProperty("jikimi.kafka.bootstrap")).isEqualTo("kafka:" + inner.get("kafka"));
            assertThat(config.getProperty("jikimi.oidc.url"))
                    .isEqualTo("http://keycloak:" + inner.get("keycloak") + "/realms/jikimi");
            assertThat(config.getProperty("jikimi.smtp.host")).isEqualTo("smtp");
            assertThat(config.getProperty("jikimi.smtp.port")).isEqualTo(inner.get("smtp"));
            assertThat(config.getProperty("quarkus.http.port")).isEqualTo(inner.get(service.module()));
        }
    }

    @Test
    void anImageIsTheBuiltServiceOnTheRuntimeOfTheBuildAndNothingElse() throws IOException {
        var release = Pattern.compile("<maven.compiler.release>(\\d+)<")
                .matcher(Files.readString(LAYOUT.root().resolve("pom.xml")));
        assertThat(release.find()).isTrue();
        for (var service : Service.values()) {
            var lines = Files.readAllLines(LAYOUT.root().resolve(service.module() + "/src/main/docker/Dockerfile"));

            assertThat(lines).contains("FROM eclipse-temurin:" + release.group(1) + "-jre");
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("COPY"))
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("COPY target/quarkus-app/"));
            assertThat(lines)
                    .filteredOn(line -> line.matches("(RUN|ADD|VOLUME|ARG) .*"))
                    .as("a volume of anchors begins as the directory does: the service's own")
                    .containsExactly(
                            "RUN mkdir -p /var/lib/jikimi/anchors && chown 10001:10001 /var/lib/jikimi/anchors");
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("ENV"))
                    .allMatch(line -> line.equals("ENV QUARKUS_HTTP_HOST=0.0.0.0"));
            assertThat(lines.indexOf("USER 10001:10001")).isLessThan(lines.size() - 1);
            assertThat(lines.getLast()).startsWith("ENTRYPOINT [\"java\"");
        }
    }

    @Test
    void everyServiceFindsItsConfigurationWhereItLooks() {
        for (var service : Service.values()) {
            var container = compose.path("services").path(service.module());
            var mounts = mounts(container);
            assertThat(mounts)
                    .containsEntry(
                            environment(container, "SMALLRYE_CONFIG_LOCATIONS"), service.module() + ".properties");
        }
    }

    @Test
    void everyMountedFileIsWrittenByTheLauncher() {
        var files = new ArrayList<String>();
        compose.path("services")
                .forEach(container -> files.addAll(mounts(container).values()));

        assertThat(files)
                .hasSizeGreaterThanOrEqualTo(8)
                .allSatisfy(file ->
                        assertThat(temp.resolve("compose").resolve(file)).isRegularFile());
    }

    @Test
    void servicesRunWithoutRightsOnAFileSystemThatTheyCannotChange() throws IOException {
        for (var service : Service.values()) {
            var container = compose.path("services").path(service.module());
            var merged = container.path("<<");
            assertThat(option(container, merged, "read_only").asBoolean()).isTrue();
            assertThat(option(container, merged, "cap_drop").path(0).asText()).isEqualTo("ALL");
            var dockerfile = LAYOUT.root()
                    .resolve(container.path("build").path("context").asText())
                    .resolve(container.path("build").path("dockerfile").asText());
            assertThat(Files.readAllLines(dockerfile))
                    .contains("USER 10001:10001", "EXPOSE " + Ports.standard().of(service));
        }
    }

    @Test
    void theVersionsAreThoseOfTheBuild() throws IOException {
        var pom = Files.readString(LAYOUT.root().resolve("pom.xml"));
        var services = compose.path("services");

        assertThat(services.path("kafka").path("image").asText()).isEqualTo("apache/kafka:" + version(pom, "kafka"));
        assertThat(services.path("keycloak").path("image").asText()).endsWith("/keycloak:" + version(pom, "keycloak"));
        assertThat(services.path("smtp").path("image").asText()).endsWith(":" + version(pom, "greenmail"));
        assertThat(services.path("postgresql").path("image").asText()).startsWith("postgres:18");
        assertThat(version(pom, "postgres-binaries")).startsWith("18.");
    }

    @Test
    void onlyTheOwnerComesNearTheSecretsAndNoneStandsInTheComposeFile() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("compose"))))
                .isEqualTo("rwx------");
        assertThat(Files.readString(LAYOUT.root().resolve("docker-compose.yml")))
                .doesNotContainPattern("(?i)(password|secret|token): +\\S|PASSWORD=");
    }

    @Test
    void writingAgainKeepsTheSecrets() throws IOException {
        var before = Files.readString(temp.resolve("compose/postgres.sql"));

        ComposeCommand.write(temp.resolve("compose"), LAYOUT.realm());

        assertThat(Files.readString(temp.resolve("compose/postgres.sql"))).isEqualTo(before);
    }

    private static Map<String, String> innerPorts() {
        var inner = new TreeMap<String, String>();
        compose.path("services")
                .properties()
                .forEach(part -> part.getValue()
                        .path("ports")
                        .forEach(port -> inner.put(part.getKey(), port.asText().split(":", -1)[2])));
        return inner;
    }

    private static Properties configOf(Service service) {
        return SecretFiles.read(temp.resolve("compose").resolve(service.module() + ".properties"));
    }

    private static String environment(JsonNode container, String name) {
        return option(container, container.path("<<"), "environment").path(name).asText();
    }

    private static JsonNode option(JsonNode container, JsonNode merged, String name) {
        return container.has(name)
                ? container.path(name)
                : merged.isTextual() ? compose.path("x-service").path(name) : merged.path(name);
    }

    private static Map<String, String> mounts(JsonNode container) {
        var mounts = new TreeMap<String, String>();
        container.path("volumes").forEach(volume -> {
            var mount = MOUNT.matcher(volume.asText());
            if (mount.matches()) {
                mounts.put(mount.group(2), mount.group(1));
            }
        });
        return mounts;
    }

    private static String version(String pom, String name) {
        var found = Pattern.compile("<" + name + "\\.version>([^<]+)<").matcher(pom);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}
