package org.jikimi.systemtests.upkeep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jikimi.contracts.EventTypes;
import org.jikimi.contracts.screening.v1.ChildFlagged;
import org.jikimi.systemtests.EventLog;
import org.jikimi.systemtests.Rest;
import org.jikimi.testkit.TestKafka;
import org.jikimi.testkit.TestPostgres;
import org.jikimi.testkit.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of two replicas is asked to end, as at every rollout, while requests and events come in. */
class GracefulEndTest {
    private static final String GATEWAY =
            TestTokens.of("gateway-112", "report-gateway").token();
    private static final Duration SOON = Duration.ofSeconds(30);
    /** What waits for a backlog to be worked off has the time of a slow machine. */
    private static final Duration AT_LAST = Duration.ofMinutes(2);

    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final int SIGTERM = 128 + 15;

    @TempDir
    Path directory;

    private final AtomicBoolean enough = new AtomicBoolean();
    private final Set<String> flagged = ConcurrentHashMap.newKeySet();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    @Test
    void sigtermInTheMiddleFinishesWhatIsInHandAndHandsTheRestOver() throws Exception {
        try (var postgres = TestPostgres.start();
                var kafka = TestKafka.start()) {
            var config = ServiceProcess.with(
                    LoneService.config("case", postgres, kafka, directory), "quarkus.shutdown.delay", "3S");
            try (var ending =
                    ServiceProcess.start("case-service", config, directory).awaitReady()) {
                await("it leads").atMost(SOON).until(() -> ending.metric("jikimi_relay_leading") == 1);
                try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                        var other = ServiceProcess.start("case-service", config, directory)
                                .awaitReady();
                        var slow = SlowRequest.begin(ending.port());
                        AutoCloseable stop = () -> enough.set(true)) {
                    var working = List.of(
                            CompletableFuture.runAsync(() -> flag(kafka), threads),
                            CompletableFuture.runAsync(() -> report(ending, other), threads),
                            CompletableFuture.runAsync(() -> report(ending, other), threads));
                    await("work under way").atMost(SOON).until(() -> reported.size() > 50 && flagged.size() > 500);

                    ending.terminate();

                    readinessSaysNoWhileOthersAreStillAnswered(ending);
                    newRequestsAreRefusedWhileOneIsUnderWay(ending);
                    reported.add(slow.end());
                    assertThat(ending.awaitEnd(SOON)).as(ending.log()).isEqualTo(SIGTERM);
                    await("the other leads").atMost(AT_ONCE).until(() -> other.metric("jikimi_relay_leading") == 1);
                    var before = reported.size();
                    await("work goes on").atMost(SOON).until(() -> reported.size() > before + 20);
                    enough.set(true);
                    working.forEach(CompletableFuture::join);
                    everythingHappenedOnce(kafka);
                    assertThat(ending.log()).doesNotContain("Timed out waiting", "starts again");
                }
            }
        }
    }

    private static void readinessSaysNoWhileOthersAreStillAnswered(ServiceProcess ending) throws IOException {
        await("unready").atMost(AT_ONCE).until(() -> ending.readiness() == 503);
        assertThat(reportTo(ending, UUID.randomUUID().toString(), "not-json")).isEqualTo("400");
    }

    private static void newRequestsAreRefusedWhileOneIsUnderWay(ServiceProcess ending) {
        await("refused").atMost(SOON).until(() -> {
            var answer = ending.get("/api/v1/reports");
            return answer.statusCode() == 503
                    && answer.body().contains("urn:jikimi:problem:unavailable")
                    && answer.headers().firstValue("Retry-After").isPresent();
        });
        assertThat(ending.isAlive()).isTrue();
    }

    private void everythingHappenedOnce(TestKafka kafka) {
        Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
        await("all of it").atMost(AT_LAST).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            var log = EventLog.read(client);
            assertThat(missing(flagged, correlations(log, "VisitPlanned")))
                    .as("flags without a visit, of %d", flagged.size())
                    .isEmpty();
            assertThat(missing(reported, subjects(log, "AbuseReported")))
                    .as("reports without an event, of %d", reported.size())
                    .isEmpty();
        });
        var log = EventLog.read(client);
        assertThat(correlations(log, "VisitPlanned")).doesNotHaveDuplicates().hasSameSizeAs(flagged);
        assertThat(subjects(log, "AbuseReported")).doesNotHaveDuplicates().hasSameSizeAs(reported);
        assertThat(log).filteredOn(EventLog.Entry::isDeadLetter).isEmpty();
        var sent =
                log.stream().map(EventLog.Entry::id).filter(id -> !id.isEmpty()).toList();
        assertThat(sent).as("sent once, even to Kafka").doesNotHaveDuplicates();
    }

    private static Set<String> missing(Set<String> wanted, List<String> found) {
        var missing = new HashSet<>(wanted);
        missing.removeAll(Set.copyOf(found));
        return missing;
    }

    private static List<String> correlations(List<EventLog.Entry> log, String topic) {
        return log.stream()
                .filter(entry -> entry.topic().equals(topic))
                .map(entry -> entry.headers().getOrDefault("ce_correlationid", ""))
                .toList();
    }

    private static List<String> subjects(List<EventLog.Entry> log, String topic) {
        return log.stream()
                .filter(entry -> entry.topic().equals(topic))
                .map(entry -> entry.headers().getOrDefault("ce_subject", ""))
                .toList();
    }

    /** Flags children, some hundred a second. */
    private void flag(TestKafka kafka) {
        Map<String, Object> options =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all", "linger.ms", 20);
        var golden = EventTypes.of(ChildFlagged.class);
        try (var producer = new KafkaProducer<>(options, new StringSerializer(), new ByteArraySerializer());
                var file = GracefulEndTest.class.getResourceAsStream("/" + golden.goldenResource())) {
            var event = Rest.JSON.readTree(file);
            while (!enough.get()) {
                var sent = new ArrayList<String>();
                for (int i = 0; i < 20; i++) {
                    var child = UUID.randomUUID().toString();
                    var flag = UUID.randomUUID().toString();
                    var data = ((com.fasterxml.jackson.databind.node.ObjectNode) event.deepCopy())
                            .put("flagId", flag)
                            .put("childId", child)
                            .put("householdId", UUID.randomUUID().toString());
                    data.putArray("siblingIds");
                    var kafkaRecord = new ProducerRecord<>(
                            golden.topic(), child, data.toString().getBytes(UTF_8));
                    kafkaRecord
                            .headers()
                            .add("ce_id", newId().getBytes(UTF_8))
                            .add("ce_type", golden.ceType().getBytes(UTF_8))
                            .add("ce_correlationid", flag.getBytes(UTF_8));
                    var _ = producer.send(kafkaRecord);
                    sent.add(flag);
                }
                producer.flush();
                flagged.addAll(sent);
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos()); // a pace that two replicas keep up with
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Reports one suspicion after the other; who is refused or cut off asks the other replica with the same key. */
    private void report(ServiceProcess first, ServiceProcess second) {
        while (!enough.get()) {
            var key = UUID.randomUUID().toString();
            var body = body();
            var answer = reportTo(first, key, body);
            if (answer.isEmpty() || answer.equals("503")) {
                answer = reportTo(second, key, body);
            }
            assertThat(answer).hasSize(36);
            reported.add(answer);
        }
    }

    /** The report's id, or the status that is not 201; empty if there was no answer. */
    private static String reportTo(ServiceProcess service, String key, String body) {
        try {
            var answer = service.send(service.request("/api/v1/reports")
                    .header("Authorization", "Bearer " + GATEWAY)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", key)
                    .POST(BodyPublishers.ofString(body)));
            return answer.statusCode() == 201
                    ? Rest.JSON.readTree(answer.body()).path("id").asText()
                    : String.valueOf(answer.statusCode());
        } catch (IOException away) {
            return "";
        }
    }

    private static String body() {
        return """
                {"childId":"%s","districtCode":"11350","dongCode":"1135056000","channel":"HOTLINE_112",
                 "urgency":"URGENT","suspectedTypes":["PHYSICAL"]}""".formatted(newId());
    }

    /** Event ids are UUIDs of version 7. */
    private static String newId() {
        var random = UUID.randomUUID();
        return new UUID(
                        (System.currentTimeMillis() << 16) | 0x7000 | (random.getMostSignificantBits() & 0xfff),
                        random.getLeastSignificantBits())
                .toString();
    }

    /** A report whose sender has said half of it. */
    private record SlowRequest(Socket socket, String rest) implements AutoCloseable {
        static SlowRequest begin(int port) throws IOException {
            var body = body();
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(30_000);
            var head = """
                    POST /api/v1/reports HTTP/1.1
                    Host: 127.0.0.1
                    Authorization: Bearer %s
                    Idempotency-Key: %s
                    Content-Type: application/json
                    Content-Length: %d

                    """.formatted(GATEWAY, UUID.randomUUID(), body.length()).replace("\n", "\r\n");
            socket.getOutputStream().write((head + body.substring(0, 20)).getBytes(UTF_8));
            return new SlowRequest(socket, body.substring(20));
        }

        /** Says the rest; answers the report's id. */
        String end() throws IOException {
            socket.getOutputStream().write(rest.getBytes(UTF_8));
            var answer = new java.io.BufferedReader(new java.io.InputStreamReader(socket.getInputStream(), UTF_8));
            assertThat(answer.readLine()).contains(" 201 ");
            var location = answer.lines()
                    .takeWhile(line -> !line.isEmpty())
                    .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("location:"))
                    .collect(Collectors.joining());
            return location.substring(location.lastIndexOf('/') + 1);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
