package org.jikimi.screening.round.screening;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jikimi.runtime.inbox.InboxConsumer;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.inbox.RecordInbox;
import org.jikimi.runtime.inbox.RecordIntake;
import org.jikimi.screening.World;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.round.RunRound;
import org.jikimi.screening.round.model.RoundState;
import org.jikimi.testkit.Parts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever judges which range, and however often: the flags are those that plain SQL finds. */
class RoundRangesTest {
    private World world;
    private RunRound run;
    private UUID round;
    private List<String> expected = List.of();

    @BeforeEach
    void aDividedRound() throws Exception {
        world = new World();
        new RandomCity(world, 7, 150).settle();
        run = new RunRound(world);
        round = run.plan(Programme.QUARTERLY_SCREENING, World.TODAY);
        expected = FlagOracle.expected(world, World.TODAY);
        run.open(round);
        run.divide(round);
        assertThat(numbers()).hasSizeGreaterThan(2);
    }

    @Test
    void rangesMayBeJudgedInAnyOrderAndToldAgainAndTheRoundIsCutAfterTheLast() throws Exception {
        for (var number : numbers().reversed()) {
            assertThat(run.judge(round, number)).isTrue();
            assertThat(run.judge(round, number)).isFalse();
        }
        run.goOn();

        assertThat(FlagOracle.actual(world, round)).isEqualTo(expected);
        assertThat(run.round(round).state()).isEqualTo(RoundState.SCREENED);
        assertThat(world.query("SELECT 1 FROM round_range UNION ALL SELECT 2 FROM round_candidate"))
                .isEmpty();
    }

    @Test
    void nothingIsCutWhileARangeIsMissing() throws Exception {
        for (var number : numbers().subList(1, numbers().size())) {
            run.judge(round, number);
        }
        run.goOn();

        assertThat(run.round(round).state()).isEqualTo(RoundState.OPENED);
        assertThat(world.query("SELECT 1 FROM flag WHERE round_id IS NOT NULL")).isEmpty();
    }

    @Test
    void whoFinishTheLastTwoRangesAtOnceDoNotEachLeaveTheCutToTheOther() throws Exception {
        var numbers = numbers();
        for (var number : numbers.subList(2, numbers.size())) {
            run.judge(round, number);
        }
        try (var replicas = Executors.newSingleThreadExecutor()) {
            var other = world.transactions.run(tx -> {
                run.judge().hear(tx, round, numbers.getFirst());
                var late = replicas.submit(() -> run.judge(round, numbers.get(1)));
                awaitDoneOrWaiting(late);
                return late;
            });
            assertThat(other.get()).isTrue();
        }
        run.goOn();

        assertThat(FlagOracle.actual(world, round)).isEqualTo(expected);
    }

    private void awaitDoneOrWaiting(Future<Boolean> late) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> late.isDone()
                        || !world.query("SELECT 1 FROM pg_locks WHERE NOT granted")
                                .isEmpty());
    }

    @Test
    void childrenWhoLieElsewhereThanTheyWereFrozenAreFoundAllTheSame() throws Exception {
        world.execute("UPDATE round_range SET end_page = first_page WHERE number = 1");
        run.judgeRanges(round);
        run.goOn(); // the children do not add up, so all of the table is divided
        run.judgeRanges(round);
        run.goOn();

        assertThat(FlagOracle.actual(world, round)).isEqualTo(expected);
    }

    @Test
    void childrenWhoLieElsewhereAreFoundThoughTheRangesAreAsLongAsTheTable() throws Exception {
        world.execute("UPDATE round_range SET first_page = first_page + 100000, end_page = end_page + 200000");
        run.judgeRanges(round);
        run.goOn(); // the children do not add up, so all of the table is divided
        run.judgeRanges(round);
        run.goOn();

        assertThat(FlagOracle.actual(world, round)).isEqualTo(expected);
    }

    @Test
    void childrenWhoAreNowhereInTheTableAreNotLookedForWithoutEnd() throws Exception {
        world.execute("DELETE FROM round_child WHERE child_id = (SELECT min(child_id::text)::uuid FROM round_child)");
        run.judgeRanges(round);
        run.goOn();
        var asked = told();
        run.judgeRanges(round);
        run.goOn();

        assertThat(told()).hasSameSizeAs(asked);
        assertThat(world.query("SELECT attempts FROM due_work WHERE kind = 'round'"))
                .containsExactly("1");
        assertThat(run.round(round).state()).isEqualTo(RoundState.OPENED);
    }

    @Test
    void rangesThatNobodyTakesUpForSomeSecondsAreJudgedAllTheSame() throws Exception {
        somethingLater();

        run.goOn();

        assertThat(FlagOracle.actual(world, round)).isEqualTo(expected);
    }

    @Test
    void aRangeThatSomebodyIsAtIsLeftToThem() throws Exception {
        somethingLater();

        world.transactions.run(tx -> {
            run.judge().hear(tx, round, 1);
            run.goOn();
            assertThat(world.query("SELECT number FROM round_range WHERE children IS NULL"))
                    .containsExactly("1");
            return round;
        });
        world.execute("UPDATE due_work SET due_at = due_at - interval '10 seconds'");
        run.goOn();

        assertThat(FlagOracle.actual(world, round)).isEqualTo(expected);
    }

    private void somethingLater() throws SQLException {
        world.execute("UPDATE round_range SET told_at = told_at - interval '10 seconds'");
        world.execute("UPDATE due_work SET due_at = due_at - interval '10 seconds'");
    }

    @Test
    void whatAReplicaHadInHandWhenItDiedTheOthersFinish() throws Exception {
        Parts.kafka().createTopics(3, RunRound.RANGES);
        var died = new CountDownLatch(1);
        try (var dying = consumer(new Dying(run.judge(), died));
                var other = consumer(run.judge())) {
            Thread.ofPlatform().daemon().start(dying);
            send();
            died.await();
            dying.close();
            Thread.ofPlatform().daemon().start(other);

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> world.query("SELECT 1 FROM round_range WHERE children IS NULL")
                            .isEmpty());
        }
        run.goOn();

        assertThat(FlagOracle.actual(world, round)).isEqualTo(expected);
    }

    @Test
    void whoFailsInTheMiddleOfARangeLeavesNothingOfIt() throws Exception {
        assertThatThrownBy(() -> world.transactions.run(tx -> {
                    run.judge().hear(tx, round, 0);
                    throw new IllegalStateException("killed");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(world.query("SELECT 1 FROM round_candidate")).isEmpty();
        run.judgeRanges(round);
        run.goOn();
        assertThat(FlagOracle.actual(world, round)).isEqualTo(expected);
    }

    /** Judges one range, and dies in the middle of the next. */
    private record Dying(JudgeRange judge, CountDownLatch died) implements RecordIntake {
        @Override
        public String name() {
            return judge.name();
        }

        @Override
        public List<String> topics() {
            return judge.topics();
        }

        @Override
        public int atOnce(List<ReceivedEvent> records) {
            return judge.atOnce(records);
        }

        @Override
        public void take(Connection tx, List<ReceivedEvent> records) throws SQLException {
            judge.take(tx, records);
            died.countDown();
            throw new SQLException("the connection broke", "08006");
        }

        @Override
        public void refuse(Connection tx, ReceivedEvent record) {
            judge.refuse(tx, record);
        }
    }

    private List<Integer> numbers() throws SQLException {
        return world.query("SELECT number FROM round_range ORDER BY number").stream()
                .map(Integer::valueOf)
                .toList();
    }

    private List<String> told() throws SQLException {
        return world.query("SELECT key FROM outbox WHERE type = '" + RunRound.RANGES + "' ORDER BY id");
    }

    /** As the relay does. */
    private void send() throws Exception {
        try (var producer = new KafkaProducer<>(kafka(), new StringSerializer(), new ByteArraySerializer())) {
            for (var number : numbers()) {
                var payload = "{\"roundId\":\"%s\",\"number\":%d}".formatted(round, number);
                producer.send(new ProducerRecord<>(RunRound.RANGES, round + "/" + number, payload.getBytes(UTF_8)))
                        .get();
            }
        }
    }

    private InboxConsumer consumer(RecordIntake intake) {
        return new InboxConsumer(
                intake.topics(),
                new RecordInbox("screening", world.transactions, intake),
                RoundRangesTest::reader,
                RoundRangesTest::ids,
                Duration.ofMillis(50));
    }

    private static Consumer<String, byte[]> reader() {
        var options = new HashMap<>(kafka());
        options.put("group.id", "screening.ranges");
        options.put("enable.auto.commit", false);
        options.put("auto.offset.reset", "none");
        options.put("session.timeout.ms", 6_000);
        options.put("heartbeat.interval.ms", 1_500);
        return new KafkaConsumer<>(options, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Uuid> ids(Collection<String> topics) {
        try (var admin = Admin.create(kafka())) {
            var topic = admin.describeTopics(topics).allTopicNames().get().get(RunRound.RANGES);
            return Map.of(RunRound.RANGES, Objects.requireNonNull(topic).topicId());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", Parts.kafka().bootstrapServers());
    }
}
