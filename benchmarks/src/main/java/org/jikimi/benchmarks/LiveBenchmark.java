package org.jikimi.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
import org.jspecify.annotations.Nullable;

/**
 * Agencies that send all the time, as they do between rounds: small batches of the health insurance, and among them, one at
 * a time, the urgent signals of clinics, and those of the police that lift a child over the urgent threshold by what is known
 * of it already. Told is how long after such a signal was sent its {@code ChildFlagged} came to a consumer. Requests begin by
 * the clock, whether or not those before have been answered.
 */
final class LiveBenchmark {
    private static final int TURNS_A_SECOND = 10;
    private static final int LINES_A_TURN = 98;
    private static final int A_SECOND = TURNS_A_SECOND * (LINES_A_TURN + 2);
    private static final Duration WARM_UP = Duration.ofSeconds(40);
    private static final Duration MEASURED = Duration.ofSeconds(60);
    private static final Duration LAST_ONES = Duration.ofSeconds(10);
    private static final int TURNS = Math.toIntExact(WARM_UP.plus(MEASURED).toSeconds()) * TURNS_A_SECOND;
    private static final int CHILDREN = 10_000;
    private static final int RUN = 1_000_000; // its signals have ids of their own
    /**
     * What is known before of the children who are lifted, by who sends it: 53 points by the scorecard that ships, with
     * family type, region and age at most 65.
     */
    private static final Map<String, String> KNOWN_BEFORE = Map.of(
            "child-protection", "PRIOR_ABUSE",
            "power-utility", "POWER_CUTOFF",
            "water-utility", "WATER_CUTOFF",
            "credit-bureau", "LOAN_ARREARS");
    /** Twenty points more, where seventy are urgent. */
    private static final String LIFTING = "DOMESTIC_VIOLENCE_DISPATCH";

    private static final double MOST_MILLIS = 1_000;

    private final ScreeningApi api;
    private final ScreeningCity city;
    private final PrintStream progress;
    private final Map<String, Long> urgent = new ConcurrentHashMap<>();
    private final Map<String, Long> lifting = new ConcurrentHashMap<>();
    private final Map<String, Long> came = new ConcurrentHashMap<>();
    private final AtomicLong accepted = new AtomicLong();

    LiveBenchmark(ScreeningApi api, ScreeningCity city, PrintStream progress) {
        this.api = api;
        this.city = city;
        this.progress = progress;
    }

    List<Figure> measure() throws IOException, InterruptedException, ExecutionException {
        var subjects = subjects();
        tellWhatIsKnownBefore(subjects.lifted());
        var ends = new AtomicBoolean();
        var reader = Thread.ofPlatform().start(() -> read(ends));
        try {
            var from = System.nanoTime() + WARM_UP.toNanos();
            send(subjects, from, from + MEASURED.toNanos());
            LockSupport.parkNanos(LAST_ONES.toNanos());
        } finally {
            ends.set(true);
        }
        reader.join();
        return figures();
    }

    /**
     * Identifiers and households.
     *
     * @param lifted one of each of some households, of whom nobody else says anything
     * @param others of other households
     */
    private record Subjects(List<String[]> lifted, List<String[]> others) {}

    private Subjects subjects() throws IOException {
        var lifted = new ArrayList<String[]>();
        var households = new HashSet<String>();
        var all = city.subjects(CHILDREN);
        for (var child : all) {
            if (lifted.size() < TURNS && !child[1].isBlank() && households.add(child[1])) {
                lifted.add(child);
            }
        }
        var others =
                all.stream().filter(child -> !households.contains(child[1])).toList();
        if (lifted.size() < TURNS || others.size() < TURNS) {
            throw new IllegalStateException("live needs a larger city: --children 3000 at least");
        }
        return new Subjects(lifted, others);
    }

    private void tellWhatIsKnownBefore(List<String[]> children) throws IOException {
        for (var known : KNOWN_BEFORE.entrySet()) {
            var lines = new StringBuilder();
            for (int number = 0; number < children.size(); number++) {
                lines.append(signal("BEFORE-" + number, known.getValue(), children.get(number)));
            }
            var receipt =
                    api.sendBatch("/api/v1/signal-batches", known.getKey(), BodyPublishers.ofString(lines.toString()));
            if (receipt.get("accepted").intValue() != children.size()) {
                throw new IllegalStateException(known.getValue() + " was not taken in whole: " + receipt);
            }
        }
    }

    private void send(Subjects subjects, long from, long until) throws InterruptedException, ExecutionException {
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
                int number = turn++ % TURNS;
                var lines = lines(subjects.others(), number, random);
                var dispatch =
                        signal("LIVE-" + number, LIFTING, subjects.lifted().get(number));
                var record = signal(
                        "LIVE-" + number,
                        "SUSPECTED_ABUSE_MEDICAL_RECORD",
                        subjects.others().get(number));
                answers.add(requests.submit(() -> batch(lines, counts)));
                answers.add(requests.submit(() -> single("clinic", record, counts ? urgent : null)));
                answers.add(requests.submit(() -> single("police", dispatch, counts ? lifting : null)));
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

    private String signal(String id, String indicator, String[] child) {
        var identifier = child[0].split(",", 2);
        return """
                {"signalId":"%s","indicator":"%s","subject":{"scheme":"%s","value":"%s"},"observedOn":"%s"}
                """.formatted(id, indicator, identifier[0], identifier[1], city.today());
    }

    /** Sends a signal that flags at once; notes the flag and when the signal was sent, if it counts. */
    private Void single(String source, String signal, @Nullable Map<String, Long> sent) throws IOException {
        long start = System.nanoTime();
        var flag = api.sendSignal(source, signal).path("flagId");
        if (!flag.isTextual()) {
            throw new IllegalStateException("nobody was flagged at once by " + signal);
        }
        if (sent != null) {
            sent.put(flag.asText(), start);
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
        double rate = Bench.perSecond(accepted.get(), MEASURED);
        progress.printf(Locale.ROOT, "live: %,.0f signals accepted a second%n", rate);
        return List.of(
                new Figure(
                        "signals accepted in small batches and one by one",
                        rate,
                        "signals/s",
                        A_SECOND,
                        "signals/s offered",
                        "at least 95 % of it",
                        rate >= 0.95 * A_SECOND),
                latency("urgent signal", urgent),
                latency("signal that lifts a child", lifting));
    }

    private Figure latency(String what, Map<String, Long> sent) {
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
            throw new IllegalStateException("%d of %d flags did not come to the consumer, each after: %s"
                    .formatted(missing.size(), sent.size(), what));
        }
        progress.printf(
                Locale.ROOT,
                "live: %,d of kind: %s; p50 %.0f ms, longest %.0f ms%n",
                sent.size(),
                what,
                seen.getValueAtPercentile(50) / 1e6,
                seen.getMaxValue() / 1e6);
        double p99 = seen.getValueAtPercentile(99) / 1e6;
        return new Figure(
                what + " to ChildFlagged on Kafka, p99",
                p99,
                "ms",
                MOST_MILLIS,
                "the target",
                "under 1,000",
                p99 < MOST_MILLIS);
    }
}
