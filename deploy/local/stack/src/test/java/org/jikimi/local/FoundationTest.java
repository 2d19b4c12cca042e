package org.jikimi.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real parts below the services, started once as {@code ./jikimi up} starts them. */
class FoundationTest {
    @TempDir
    static Path temp;

    private static Layout layout;
    private static Ports ports;
    private static Secrets secrets;
    private static Stack stack;
    private static final ByteArrayOutputStream CONSOLE = new ByteArrayOutputStream();

    @BeforeAll
    static void start() {
        layout = new Layout(Path.of(System.getProperty("jikimi.root")), temp.resolve("data"));
        layout.prepare();
        ports = Ports.free();
        secrets = Secrets.in(layout.secrets());
        stack = new Stack(layout, ports, secrets, new PrintStream(CONSOLE, true, StandardCharsets.UTF_8));
        Runtime.getRuntime().addShutdownHook(new Thread(stack::stop));
        stack.startFoundation();
    }

    @AfterAll
    static void stopLeavesNoProcess() {
        var processes = RunRecord.all(layout.run()).stream().map(RunRecord::pid).toList();

        stack.stop();

        assertThat(processes).hasSize(3);
        assertThat(processes)
                .allSatisfy(pid -> assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive))
                        .isEmpty());
        assertThat(RunRecord.all(layout.run())).isEmpty();
    }

    @Test
    void everyPartIsNamedAndTimedOnTheConsole() {
        assertThat(CONSOLE.toString(StandardCharsets.UTF_8).lines())
                .hasSize(4)
                .allSatisfy(
                        line -> assertThat(line).containsPattern("^  (postgresql|kafka|keycloak|smtp) +ready after"));
    }

    @Test
    void aServiceReachesItsOwnDatabaseAlone() throws SQLException {
        var password = secrets.of(Service.CASE, "db.app");

        connect("case", "case_app", password).close();
        connect("case", "case_owner", secrets.of(Service.CASE, "db.owner")).close();
        assertThatThrownBy(() -> connect("referral", "case_app", password))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> connect("case", "case_app", "wrong")).isInstanceOf(SQLException.class);
    }

    @Test
    void databasesAreDurable() throws SQLException {
        try (var connection = connect("case", "case_app", secrets.of(Service.CASE, "db.app"));
                var rows = connection.createStatement().executeQuery("SHOW fsync")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("on");
        }
    }

    @Test
    void aServiceWritesItsOwnEventsAndDeadLetters() throws Exception {
        try (var producer = producer("screening", secrets.of(Service.SCREENING, "kafka"))) {
            send(producer, "ChildFlagged");
            send(producer, "screening.VisitCompleted.dlq");
        }
    }

    @Test
    void aServiceIsRefusedToWriteTheEventsOfAnother() {
        try (var producer = producer("screening", secrets.of(Service.SCREENING, "kafka"))) {
            assertThatThrownBy(() -> send(producer, "VisitCompleted"))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
            assertThatThrownBy(() -> send(producer, "case.ChildFlagged.dlq"))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(AuthorizationException.class);
        }
    }

    @Test
    void aServiceKeepsTheMarkOfItsRelayAndNobodyElseReadsOrWritesIt() throws Exception {
        var mark = KafkaSetup.markTopic(Service.SCREENING);
        try (var producer = producer("screening", secrets.of(Service.SCREENING, "kafka"));
                var consumer = consumer("screening", secrets.of(Service.SCREENING, "kafka"))) {
            send(producer, mark);
            assertThat(consumer.partitionsFor(mark)).hasSize(1);
        }
        try (var producer = producer("case", secrets.of(Service.CASE, "kafka"));
                var consumer = consumer("case", secrets.of(Service.CASE, "kafka"))) {
            assertThatThrownBy(() -> send(producer, mark)).hasCauseInstanceOf(TopicAuthorizationException.class);
            assertThatThrownBy(() -> consumer.partitionsFor(mark)).isInstanceOf(AuthorizationException.class);
        }
    }

    @Test
    void aServiceIsRefusedTheConsumerGroupOfAnother() {
        var options = new HashMap<>(
                KafkaConfig.client("127.0.0.1:" + ports.kafka(), "screening", secrets.of(Service.SCREENING, "kafka")));
        options.put("group.id", "case");
        try (var consumer = new KafkaConsumer<>(options, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("VisitCompleted"));
            assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(20)))
                    .isInstanceOf(GroupAuthorizationException.class);
        }
    }

    @Test
    void aWrongKafkaPasswordIsRefused() {
        try (var producer = producer("screening", "wrong")) {
            assertThatThrownBy(() -> send(producer, "ChildFlagged"))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void aTokenCarriesRoleAgencyAndDistricts() throws Exception {
        var claims = claims(stack.tokens().token("officer-11350"));

        assertThat(claims.path("realm_access").path("roles"))
                .extracting(JsonNode::asText)
                .containsExactly("dong-officer");
        assertThat(claims.path("agency_id").asText()).isEqualTo("00000000-0000-7000-8003-000000011350");
        assertThat(claims.path("district_codes")).extracting(JsonNode::asText).containsExactly("11350");
        assertThat(claims.path("aud").asText()).isEqualTo("jikimi");
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(1800);
        assertThat(claims.has("source_kind")).isFalse();
    }

    @Test
    void aDataAgencysTokenCarriesItsKindAndAllDistricts() throws Exception {
        var claims = claims(stack.tokens().token("agency-power-utility"));

        assertThat(claims.path("source_kind").asText()).isEqualTo("power-utility");
        assertThat(claims.path("district_codes")).hasSize(25);
    }

    @Test
    void aMailIsTakenAndFoundByItsCorrelation() throws Exception {
        var session = GreenMailUtil.getSession(new ServerSetup(ports.smtp(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        var mail = new MimeMessage(session);
        mail.setFrom(new InternetAddress("jikimi@example.org"));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress("officer@example.org"));
        mail.setHeader("X-Jikimi-Correlation", "0198-flag");
        mail.setText("An alert waits.");

        Transport.send(mail);

        assertThat(stack.mails().firstArrival("0198-flag")).isPresent();
        assertThat(stack.mails().firstArrival("another")).isEmpty();
    }

    @Test
    void secretsAreForTheirOwnerAlone() throws IOException {
        secrets.handOver(Service.CASE, ports, layout);
        try (var files = Files.list(layout.secrets())) {
            assertThat(files.toList())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
        assertThat(layout.data().resolve("keycloak/data/import/jikimi-realm.json"))
                .doesNotExist();
    }

    @Test
    void noSecretStandsOnACommandLineOrInALog() throws IOException {
        var known = SecretFiles.read(layout.secrets().resolve("stack.properties"));
        var seen = new StringBuilder();
        for (var record : RunRecord.all(layout.run())) {
            seen.append(record.process().orElseThrow().info().commandLine().orElse(""));
        }
        try (var logs = Files.list(layout.logs())) {
            for (var log : logs.toList()) {
                seen.append(Files.readString(log));
            }
        }
        assertThat(known.stringPropertyNames())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(seen).doesNotContain(known.getProperty(name)));
    }

    private static Connection connect(String database, String user, String password) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/" + database, user, password);
    }

    private static KafkaProducer<String, String> producer(String user, String password) {
        var options = new HashMap<>(KafkaConfig.client("127.0.0.1:" + ports.kafka(), user, password));
        return new KafkaProducer<>(options, new StringSerializer(), new StringSerializer());
    }

    private static KafkaConsumer<String, String> consumer(String user, String password) {
        var options = new HashMap<>(KafkaConfig.client("127.0.0.1:" + ports.kafka(), user, password));
        return new KafkaConsumer<>(options, new StringDeserializer(), new StringDeserializer());
    }

    private static void send(KafkaProducer<String, String> producer, String topic) throws Exception {
        producer.send(new ProducerRecord<>(topic, "key", "value")).get(30, TimeUnit.SECONDS);
    }

    private static JsonNode claims(String token) throws IOException {
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }
}
