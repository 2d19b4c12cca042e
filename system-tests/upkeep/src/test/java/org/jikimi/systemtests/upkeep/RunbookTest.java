package org.jikimi.systemtests.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jikimi.local.Stack;
import org.jikimi.local.Trees;
import org.jikimi.systemtests.Backlog;
import org.jikimi.systemtests.EventLog;
import org.jikimi.systemtests.Family;
import org.jikimi.systemtests.Rest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The commands of docs/runbook-backup-restore.md, typed as they stand there, on a platform of their own. */
class RunbookTest {
    private static final Path ROOT = Path.of(System.getProperty("jikimi.root"));
    private static final Path RUNBOOK = ROOT.resolve("docs/runbook-backup-restore.md");
    private static final Path TARGET = Path.of("target", "runbook").toAbsolutePath();
    private static final Path DATA = TARGET.resolve("data");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Stack stack;
    private Rest rest;

    private record Ended(int code, String told) {}

    @BeforeEach
    void aPlatform() throws IOException {
        Trees.delete(TARGET);
        Files.createDirectories(DATA);
        start();
    }

    @AfterEach
    void stop() {
        stack.stop();
    }

    @Test
    void whatARestoredServiceHasLostIsNamedByChildAndWhatItKeptIsDoneOnce() throws Exception {
        var kept = Family.next();
        var lost = Family.next();
        var keptChild = childWithVisit(kept);
        var lostChild = childWithVisit(lost);
        report(kept, keptChild);
        awaitQuiet();
        assertThat(run("back up").code()).isZero();
        report(lost, lostChild);
        var flaggedLater = Family.next();
        var flaggedLaterChild = childWithVisit(flaggedLater);
        awaitQuiet();
        var alerts = alerts();
        assertThat(stack.mails().arrived()).as("mails of the alerts").isPositive();
        destroyCaseDatabase();
        stack.stop();

        assertThat(run("restore"))
                .satisfies(ended -> assertThat(ended.code()).as(ended.told()).isZero());
        start();
        assertThat(jikimi("audit verify").code())
                .as("what was lost of the audit shows until it is answered for")
                .isOne();
        var anew = run("anchor anew");
        assertThat(anew.code()).as(anew.told()).isZero();
        assertThat(anew.told()).contains("re-anchored at block ", "restored from a backup");
        awaitQuiet();

        assertThat(Files.readString(stack.logs().resolve("case-service.log"))).contains("restored");
        assertThat(sentAgain()).as("kept events were sent again").isPositive();
        assertThat(planned(flaggedLaterChild))
                .as("visits of a child that was flagged after the backup")
                .isOne();
        assertThat(alerts()).as("alerts by child").containsAllEntriesOf(alerts);
        assertThat(stack.mails().arrived()).as("mails since the restore").isZero();
        var report = run("reconcile");
        assertThat(report.code()).as(report.told()).isOne();
        assertThat(children(report)).as(report.told()).containsExactly(lostChild);
        assertThat(report.told()).contains(lostChild + "  lost by case: AbuseReported");

        assertThat(jikimi("reconcile --connections " + connections()))
                .as("the same from another machine")
                .isEqualTo(report);

        report(lost, lostChild);

        Awaitility.await("balanced")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    var again = run("reconcile");
                    assertThat(again.told()).contains("Balanced: ");
                    assertThat(again.code()).isZero();
                });
        Awaitility.await("the audit is intact")
                .atMost(PATIENCE)
                .until(() -> jikimi("audit verify").code() == 0);
        assertThat(jikimi("audit verify").told()).contains("restored from a backup");

        assertThat(jikimi("reconcile --close").told()).contains("--close needs --reason");
        assertThat(jikimi("reconcile --close --by tester --reason 'all done again'")
                        .told())
                .contains("Closed: ");
        assertThat(jikimi("reconcile --close --reason 'all done again'").told()).contains("Nothing to close");

        assertThat(jikimi("replay")).isEqualTo(new Ended(0, "Nothing is parked.\n"));
        parkAFlagAsAnOlderVersionWould(keptChild);
        assertThat(jikimi("replay")).satisfies(parked -> {
            assertThat(parked.code()).isOne();
            assertThat(parked.told()).contains("case-service", keptChild, "FAILED", "ChildFlagged unknown-code");
        });
        assertThat(jikimi("replay case"))
                .satisfies(ended -> assertThat(ended.code()).as(ended.told()).isZero());
        assertThat(jikimi("replay").told()).isEqualTo("Nothing is parked.\n");
        assertThat(planned(keptChild)).as("visits after the replay").isOne();
    }

    /** Takes long, as everything is started twice. */
    @Test
    @EnabledIfSystemProperty(named = "jikimi.long", matches = "true")
    void aKafkaThatWasLostIsFilledAgainFromTheDatabases() throws Exception {
        var family = Family.next();
        var child = childWithVisit(family);
        report(family, child);
        awaitQuiet();
        var before = sent();
        var alerts = alerts();
        assertThat(before).hasSizeGreaterThan(5);
        stack.stop();

        Trees.delete(DATA.resolve("kafka"));
        start();

        Awaitility.await("Kafka holds what it held")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sent()).containsExactlyInAnyOrderElementsOf(before));
        awaitQuiet();
        assertThat(alerts()).isEqualTo(alerts);
        assertThat(planned(child)).isOne();
        assertThat(stack.mails().arrived()).as("mails since the loss").isZero();
        var later = Family.next();
        report(later, childWithVisit(later));
        awaitQuiet();
        assertThat(jikimi("reconcile").told()).contains("Balanced: ");
    }

    private void start() {
        stack = Stack.onFreePorts(ROOT, DATA, ROOT.resolve("deploy/keycloak/jikimi-realm.json"), System.out);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::stop));
        stack.startFoundation();
        stack.startServices();
        rest = new Rest(stack);
    }

    private String childWithVisit(Family family) {
        family.register(rest);
        return family.visitAfterUrgentSignal(rest)
                .path("children")
                .path(0)
                .path("childId")
                .asText();
    }

    private void report(Family family, String child) {
        var body = Rest.JSON
                .createObjectNode()
                .put("childId", child)
                .put("districtCode", family.district())
                .put("channel", "HOTLINE_112")
                .put("urgency", "URGENT");
        body.putArray("suspectedTypes").add("NEGLECT");
        var answer = rest.as("gateway-112").post(Rest.Service.CASES, "reports", body.toString());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    private void awaitQuiet() {
        Awaitility.await("nothing waits")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() ->
                        assertThat(Backlog.of(stack.kafkaAdministrator(), rest)).isEmpty());
    }

    private List<EventLog.Entry> events(String topic) {
        return EventLog.read(stack.kafkaAdministrator()).stream()
                .filter(entry -> entry.topic().equals(topic))
                .toList();
    }

    /** How many alerts were raised about each child. */
    private Map<String, Long> alerts() {
        return events("AlertRaised").stream()
                .collect(Collectors.groupingBy(EventLog.Entry::key, Collectors.counting()));
    }

    private long sentAgain() {
        return EventLog.read(stack.kafkaAdministrator()).stream()
                .filter(entry -> entry.headers().containsKey("ce_resent"))
                .count();
    }

    private List<String> sent() {
        return EventLog.read(stack.kafkaAdministrator()).stream()
                .filter(entry -> !entry.topic().endsWith(".relay-mark"))
                .map(entry -> entry.headers().get("ce_id") + " " + entry.topic() + " " + entry.key())
                .toList();
    }

    /** Its flag, put aside as unknown by the version that met it first. */
    private static void parkAFlagAsAnOlderVersionWould(String child) throws SQLException {
        try (var screening = DriverManager.getConnection(url("screening"), options());
                var select = screening.prepareStatement(
                        "SELECT id, headers, payload FROM outbox WHERE type = 'ChildFlagged' AND key = ? LIMIT 1");
                var cases = DriverManager.getConnection(url("case"), options());
                var park = cases.prepareStatement(
                        "INSERT INTO inbox_parked (consumer, id, topic, partition, \"offset\", key, headers, payload, reason, code)"
                                + " VALUES ('case', ?, 'ChildFlagged', 0, 0, ?, ?, ?, 'FAILED', 'unknown-code')")) {
            select.setString(1, child);
            try (var row = select.executeQuery()) {
                row.next();
                park.setObject(1, row.getObject("id"));
                park.setString(2, child);
                park.setString(3, row.getString("headers"));
                park.setBytes(4, row.getBytes("payload"));
                park.executeUpdate();
            }
        }
    }

    private long planned(String child) throws SQLException {
        try (var database = DriverManager.getConnection(url("case"), options());
                var select = database.prepareStatement("SELECT count(*) FROM visit WHERE ?::uuid = ANY (child_ids)")) {
            select.setString(1, child);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** What --connections takes: owners and an administrator of Kafka, as production would have them. */
    private Path connections() throws IOException {
        var given = new Properties();
        for (var service : List.of("screening", "case", "referral", "notification")) {
            given.setProperty(service + ".url", url(service));
            given.setProperty(service + ".user", options().getProperty("user"));
            given.setProperty(service + ".password", options().getProperty("password"));
        }
        stack.kafkaAdministrator().forEach((name, value) -> given.setProperty("kafka." + name, value.toString()));
        var file = TARGET.resolve("connections.properties");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var out = Files.newBufferedWriter(file)) {
            given.store(out, null);
        }
        return file;
    }

    private static void destroyCaseDatabase() throws SQLException {
        try (var server = DriverManager.getConnection(url("postgres"), options());
                var statement = server.createStatement()) {
            statement.execute("DROP DATABASE \"case\" WITH (FORCE)");
        }
    }

    private static String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%s/%s"
                .formatted(properties("ports.properties").getProperty("postgresql"), database);
    }

    private static Properties options() {
        var options = new Properties();
        options.setProperty("user", "postgres");
        options.setProperty("password", properties("secrets/stack.properties").getProperty("postgres.password"));
        return options;
    }

    private static Properties properties(String file) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(DATA.resolve(file))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return properties;
    }

    /** The children that a report has a line for. */
    private static List<String> children(Ended report) {
        return report.told()
                .lines()
                .filter(line -> line.matches("[0-9a-f-]{36}  .*"))
                .map(line -> line.substring(0, 36))
                .toList();
    }

    private static Ended run(String name) throws IOException, InterruptedException {
        var begin = "<!-- RunbookTest runs this block: " + name + " -->\n```bash\n";
        var page = Files.readString(RUNBOOK);
        int at = page.indexOf(begin);
        assertThat(at).as(name).isNotNegative();
        return bash(page.substring(at + begin.length(), page.indexOf("\n```", at + begin.length())));
    }

    private static Ended jikimi(String arguments) throws IOException, InterruptedException {
        return bash("./jikimi " + arguments);
    }

    private static Ended bash(String script) throws IOException, InterruptedException {
        var bash = new ProcessBuilder("timeout", "120", "bash", "-c", "set -euo pipefail\n" + script)
                .directory(ROOT.toFile())
                .redirectErrorStream(true);
        bash.environment().put("JIKIMI_DATA", DATA.toString());
        bash.environment().put("BACKUP", TARGET.resolve("backup").toString());
        bash.environment().put("KEYS", TARGET.resolve("keys").toString());
        var process = bash.start();
        var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.print(told);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), told);
    }
}
