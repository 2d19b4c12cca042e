package org.jikimi.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jikimi.testkit.Parts;

/**
 * Agencies that send all the time, as they do between rounds: small batches of the health insurance, and among them the
 * urgent signals of clinics, one at a time. Told is how long after such a signal was sent its {@code ChildFlagged} came to
 * a consumer. Requests begin by the clock, whether or not those before have been answered.
 */
final class LiveBenchmark {
    private static final int TURNS_A_SECOND = 10;
    private static final int LINES_A_TURN = 99;
    private static final int A_SECOND = TURNS_A_SECOND * (LINES_A_TURN + 1);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration MEASURED = Duration.ofSeconds(60);
    private static final Duration LAST_ONES = Duration.ofSeconds(10);
    private static final int CHILDREN = 10_000;
    private static final int RUN = 1_000_000; // its signals have ids of their own
    private static final double MOST_MILLIS = 1_000;

    private final ScreeningApi api;
    private final ScreeningCity city;
    private final PrintStream progress;
    private final Map<String, Long> sent = new ConcurrentHashMap<>();
    private final Map<String, Long> came = new ConcurrentHashMap<>();
    private final AtomicLong accepted = new AtomicLong();

    LiveBenchmark(ScreeningApi api, ScreeningCity city, PrintStream progress) {
        this.api = api;
        this.city = city;
        this.progress = progress;
    }

    List<Figure> measure() throws IOException, InterruptedException, ExecutionException {
        var subjects = city.subjects(CHILDREN);
        var ends = new AtomicBoolean();
        var reader = Thread.ofPlatform().start(() -> read(ends));
        var from = System.nanoTime() + WARM_UP.toNanos();
        send(subjects, from, from + MEASURED.toNanos());
        LockSupport.parkNanos(LAST_ONES.toNanos());
        ends.set(true);
        reader.join();
        return figures();
    }

    private void send(List<String[]> subjects, long from, long until) throws InterruptedException, ExecutionException {
        var random = new SplittableRandom(RUN);
        long pause = Duration.ofSeconds(1).toNanos() / TURNS_A_SECOND;
        int turn = 0;
        var answers = new ArrayList<Future<Void>>();
        try (var requests = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long next = System.nanoTime(); next < until; next += pause) {
                while (System.nanoTime() < next) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
                boolean counts = next >= from;
                int number = turn++;
                var lines = lines(subjects, number, random);
                answers.add(requests.submit(() -> batch(lines, counts)));
                answers.add(requests.submit(() -> urgent(subjects.get(number % subjects.size()), number, counts)));
            }
        }
        for (var answer : answers) {
            answer.get();
        }
    }

    private String lines(List<String[]> subjects, int turn, SplittableRandom random) {
        var lines = new StringBuilder();
        for (int line = 0; line < LINES_A_TURN; line++) {
            var of = subjects.get(random.nextInt(subjects.size()));
            lines.append(city.line(RUN, turn * LINES_A_TURN + line, of, random));
        }
        return lines.toString();
    }

    private Void batch(String lines, boolean counts) throws IOException {
        var receipt = api.sendBatch("/api/v1/signal-batches", "health-insurance", BodyPublishers.ofString(lines));
        if (counts) {
            accepted.addAndGet(receipt.get("accepted").longValue());
        }
        return null;
    }

    private Void urgent(String[] child, int number, boolean counts) throws IOException {
        var identifier = child[0].split(",", 2);
        var signal = """
                {"signalId":"LIVE-%d","indicator":"SUSPECTED_ABUSE_MEDICAL_RECORD",
                 "subject":{"scheme":"%s","value":"%s"},"observedOn":"%s"}""".formatted(number, identifier[0], identifier[1], city.today());
        long start = System.nanoTime();
        var flag = api.sendSignal("clinic", signal).get("flagId").asText();
        if (counts) {
            sent.put(flag, start);
            accepted.incrementAndGet();
        }
        return null;
    }

    private void read(AtomicBoolean ends) {
        var options = Map.<String, Object>of("bootstrap.servers", Parts.kafka().bootstrapServers());
        var json = new ObjectMapper();
        try (var consumer = new KafkaConsumer<>(options, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = new ArrayList<TopicPartition>();
            consumer.partitionsFor("ChildFlagged")
                    .forEach(found -> partitions.add(new TopicPartition(found.topic(), found.partition())));
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            while (!ends.get()) {
                for (var event : consumer.poll(Duration.ofMillis(50))) {
                    long now = System.nanoTime();
                    came.putIfAbsent(json.readTree(event.value()).get("flagId").asText(), now);
                }
            }
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private List<Figure> figures() {
        var seen = new Histogram(3);
        var missing = new HashMap<>(sent);
        sent.forEach((flag, start) -> {
            var end = came.get(flag);
            if (end != null) {
                seen.recordValue(Math.max(0, end - start));
                missing.remove(flag);
            }
        });
        if (seen.getTotalCount() == 0 || !missing.isEmpty()) {
            throw new IllegalStateException(
                    "%d of %d flags did not come to the consumer".formatted(missing.size(), sent.size()));
        }
        double rate = Bench.perSecond(accepted.get(), MEASURED);
        progress.printf(
                Locale.ROOT,
                "live: %,d urgent signals among %,.0f accepted a second; p50 %.0f ms, longest %.0f ms%n",
                sent.size(),
                rate,
                seen.getValueAtPercentile(50) / 1e6,
                seen.getMaxValue() / 1e6);
        double p99 = seen.getValueAtPercentile(99) / 1e6;
        return List.of(
                new Figure(
                        "signals accepted in small batches and one by one",
                        rate,
                        "signals/s",
                        A_SECOND,
                        "signals/s offered",
                        "at least 95 % of it",
                        rate >= 0.95 * A_SECOND),
                new Figure(
                        "urgent signal sent to ChildFlagged on Kafka meanwhile, p99",
                        p99,
                        "ms",
                        MOST_MILLIS,
                        "the target",
                        "under 1,000",
                        p99 < MOST_MILLIS));
    }
}
