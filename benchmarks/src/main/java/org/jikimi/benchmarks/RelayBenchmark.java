package org.jikimi.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.Headers;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.outbox.OutboxEvent;
import org.jikimi.runtime.outbox.Relay;
import org.jikimi.runtime.outbox.RelayMarks;
import org.jikimi.testkit.Parts;

/**
 * The relay beside a bare {@link KafkaProducer} that sends the same events with the same settings, and its latency while
 * another transaction is held open. PostgreSQL runs with fsync on.
 */
final class RelayBenchmark {
    private static final int EVENTS = 200_000;
    private static final int ROUNDS = 3;
    private static final int PAGE = 2_000;
    private static final int RATE = 2_000;
    private static final int EVENTS_A_TRANSACTION = 10;
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration HELD_OPEN = Duration.ofSeconds(6);

    private final PrintStream progress;
    private final byte[] payload;

    RelayBenchmark(PrintStream progress) {
        this.progress = progress;
        this.payload = golden();
    }

    List<Figure> measure() throws SQLException, InterruptedException, ExecutionException {
        Parts.kafka().createTopics(4, "BareProducer", "Relayed", "Steady");
        var figures = new ArrayList<Figure>();
        figures.add(throughput());
        figures.addAll(latency());
        return figures;
    }

    private Figure throughput() throws SQLException, InterruptedException, ExecutionException {
        var ours = new double[ROUNDS];
        var bare = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) { // in turns, so that both meet the same machine
            bare[round] = bareProducer(events("BareProducer", EVENTS));
            ours[round] = relay(EVENTS, round);
            progress.printf(
                    "relay %d of %d: %,.0f events/s, bare producer %,.0f%n",
                    round + 1, ROUNDS, ours[round], bare[round]);
        }
        var value = median(ours);
        var limit = median(bare);
        return new Figure(
                "relay, %,d events of %d bytes".formatted(EVENTS, payload.length),
                value,
                "events/s",
                limit,
                "bare KafkaProducer",
                "at least 60 % of it",
                value >= 0.6 * limit);
    }

    private static double bareProducer(List<OutboxEvent> events) throws InterruptedException, ExecutionException {
        try (var producer = producer()) {
            var start = System.nanoTime();
            var acknowledgements = new ArrayList<Future<RecordMetadata>>(events.size());
            for (var event : events) {
                var message = new ProducerRecord<>(event.type(), event.key(), event.payload());
                event.headers().forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
                acknowledgements.add(producer.send(message));
            }
            for (var acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
            return Bench.perSecond(events.size(), Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private double relay(int count, int round) throws SQLException, InterruptedException {
        var database = RuntimeDatabase.with(
                "V0004__relay_mark.sql",
                "V0005__topic_ids.sql",
                "V0008__settled_numbers.sql",
                "V0009__missing_topics.sql",
                "V0032__relay_knows_missing.sql");
        Transactions.of(database).run(tx -> {
            var sql = "INSERT INTO outbox (id, type, key, headers, payload) "
                    + "SELECT gen_random_uuid(), 'Relayed', 'child-' || n % 50000, ?, ? FROM generate_series(1, ?) AS n";
            try (var insert = tx.prepareStatement(sql)) {
                insert.setString(1, Headers.write(headers()));
                insert.setBytes(2, payload);
                insert.setInt(3, count);
                return insert.executeUpdate();
            }
        });
        try (var relay = relay(database, "RelayedMarks" + round)) {
            var start = System.nanoTime();
            var thread = Thread.ofPlatform().start(relay);
            while (relay.sent() < count) {
                LockSupport.parkNanos(1_000_000);
            }
            var took = Duration.ofNanos(System.nanoTime() - start);
            relay.close();
            thread.join();
            return Bench.perSecond(count, took);
        }
    }

    /** From commit to a consumer, at a steady rate, while a transaction that has written stays open for a part of it. */
    private List<Figure> latency() throws SQLException, InterruptedException {
        var database = RuntimeDatabase.with(
                "V0004__relay_mark.sql",
                "V0005__topic_ids.sql",
                "V0008__settled_numbers.sql",
                "V0009__missing_topics.sql",
                "V0032__relay_knows_missing.sql");
        var seen = new Histogram(3);
        var done = new AtomicBoolean();
        try (var relay = relay(database, "SteadyMarks")) {
            var relaying = Thread.ofPlatform().start(relay);
            var from = System.nanoTime() + WARM_UP.toNanos();
            var reader = Thread.ofPlatform().start(() -> read(seen, from, done));
            var holder = Thread.ofPlatform().start(() -> holdOpen(database, WARM_UP.plusSeconds(4)));
            write(database, relay, from + MEASURED.toNanos());
            holder.join();
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            done.set(true);
            reader.join();
            relay.close();
            relaying.join();
        }
        if (seen.getTotalCount() == 0) {
            throw new IllegalStateException("nothing came to the consumer: there is no latency to tell");
        }
        progress.printf("latency: %,d events measured, longest %.1f ms%n", seen.getTotalCount(), millis(seen, 100));
        var name = "commit to consumer at %,d/s, %d s held open".formatted(RATE, HELD_OPEN.toSeconds());
        return List.of(
                new Figure(name + ", p50", millis(seen, 50), "ms", 50, "the target", "under 50", millis(seen, 50) < 50),
                new Figure(
                        name + ", p99", millis(seen, 99), "ms", 50, "the target", "under 50", millis(seen, 99) < 50));
    }

    private void write(DataSource database, Relay relay, long until) throws SQLException {
        var outbox = new Outbox();
        var pause = Duration.ofSeconds(1).toNanos() * EVENTS_A_TRANSACTION / RATE;
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            for (long turn = System.nanoTime(); turn < until; turn += pause) {
                while (System.nanoTime() < turn) {
                    LockSupport.parkNanos(turn - System.nanoTime());
                }
                outbox.publish(connection, events("Steady", EVENTS_A_TRANSACTION));
                connection.commit();
                relay.wake();
            }
        }
    }

    private static void holdOpen(DataSource database, Duration after) {
        LockSupport.parkNanos(after.toNanos());
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            new Outbox()
                    .publish(
                            connection,
                            List.of(new OutboxEvent(
                                    EventIds.next(), "Steady", "held", Map.of(), "{}".getBytes(UTF_8))));
            LockSupport.parkNanos(HELD_OPEN.toNanos());
            connection.rollback();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Consumer<String, byte[]> consumer() {
        var options = Map.<String, Object>of(
                "bootstrap.servers",
                Parts.kafka().bootstrapServers(),
                "group.id",
                "bench",
                "auto.offset.reset",
                "earliest");
        return new KafkaConsumer<>(options, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static void read(Histogram seen, long from, AtomicBoolean done) {
        try (var consumer = consumer()) {
            consumer.subscribe(List.of("Steady"));
            while (!done.get()) {
                for (var message : consumer.poll(Duration.ofMillis(100))) {
                    var header = message.headers().lastHeader("sent");
                    if (header != null && Long.parseLong(new String(header.value(), UTF_8)) >= from) {
                        seen.recordValue(System.nanoTime() - Long.parseLong(new String(header.value(), UTF_8)));
                    }
                }
            }
        }
    }

    private List<OutboxEvent> events(String topic, int count) {
        var sent = Long.toString(System.nanoTime());
        var events = new ArrayList<OutboxEvent>(count);
        for (int n = 0; n < count; n++) {
            var headers = headers();
            headers.put("sent", sent);
            events.add(new OutboxEvent(EventIds.next(), topic, "child-" + n % 50_000, headers, payload));
        }
        return events;
    }

    private static Map<String, String> headers() {
        var headers = new java.util.LinkedHashMap<String, String>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_type", "org.jikimi.screening.ChildFlagged.v1");
        headers.put("ce_source", "/screening");
        headers.put("ce_subject", new UUID(1, 2).toString());
        headers.put("ce_time", Instant.EPOCH.toString());
        headers.put("ce_correlationid", new UUID(3, 4).toString());
        headers.put("ce_districtcode", "11350");
        headers.put("content-type", "application/json");
        return headers;
    }

    private static Producer<String, byte[]> producer() {
        Map<String, Object> options = Map.of(
                "bootstrap.servers",
                Parts.kafka().bootstrapServers(),
                "acks",
                "all",
                "enable.idempotence",
                "true",
                "delivery.timeout.ms",
                Integer.MAX_VALUE,
                "linger.ms",
                0,
                "compression.type",
                "lz4");
        return new KafkaProducer<>(options, new StringSerializer(), new ByteArraySerializer());
    }

    /** As in production: with its high-water marks, one topic a database; with another's it would be taken for restored. */
    private static Relay relay(DataSource database, String markTopic) {
        Parts.kafka().createTopics(1, markTopic);
        var marks = new RelayMarks(markTopic, RelayBenchmark::consumer);
        return new Relay(
                database,
                RelayBenchmark::producer,
                PAGE,
                Duration.ofMillis(5),
                step -> {},
                marks,
                Parts.kafka()::topicIds);
    }

    private static byte[] golden() {
        try (var golden = Objects.requireNonNull(
                RelayBenchmark.class.getResourceAsStream("/contracts/screening/v1/ChildFlagged.golden.json"))) {
            return golden.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }
}
