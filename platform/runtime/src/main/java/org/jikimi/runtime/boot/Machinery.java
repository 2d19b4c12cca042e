package org.jikimi.runtime.boot;

import io.quarkus.agroal.DataSource;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.due.DueHandler;
import org.jikimi.runtime.due.DueRunner;
import org.jikimi.runtime.event.Tracing;
import org.jikimi.runtime.inbox.EventIntake;
import org.jikimi.runtime.inbox.Inbox;
import org.jikimi.runtime.inbox.InboxConsumer;
import org.jikimi.runtime.inbox.InboxPartitions;
import org.jikimi.runtime.inbox.Receiver;
import org.jikimi.runtime.inbox.RecordInbox;
import org.jikimi.runtime.inbox.RecordIntake;
import org.jikimi.runtime.outbox.OutboxPartitions;
import org.jikimi.runtime.outbox.Relay;
import org.jikimi.runtime.time.Times;

/**
 * What runs beside the requests of a service: partitions of the outbox first, then relay, inbox and due work. At the
 * end, when the last request has been answered, the inbox and due work finish what they have in hand, and the relay
 * lets go of its leadership last.
 */
@Singleton
final class Machinery {
    private static final Logger LOG = Logger.getLogger(Machinery.class);
    /** Transaction ids in a partition of the outbox, and partitions made ahead: room for some days between upkeeps. */
    private static final long PARTITION_WIDTH = 2_000_000;

    private static final int PARTITIONS_AHEAD = 4;
    private static final int INBOX_WEEKS_AHEAD = 4;
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Duration KEEP_SENT = Duration.ofDays(7);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final String service;
    private final KafkaClients kafka;
    private final Relay relay;
    private final OutboxPartitions partitions;
    private final InboxPartitions inboxPartitions;
    private final DueRunner dueWork;
    private final Map<String, InboxConsumer> consumers = new LinkedHashMap<>();
    private final InstantSource machineTime = InstantSource.system(); // event ids know no simulated time
    private final List<Thread> threads = new ArrayList<>();
    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().name("timer-", 0).daemon().factory());

    Machinery(
            @ConfigProperty(name = "jikimi.service") String service,
            KafkaClients kafka,
            Relay relay,
            @DataSource("owner") javax.sql.DataSource owner,
            Transactions transactions,
            Times times,
            Tracing tracing,
            @All List<DueHandler> dueHandlers,
            Inbox inbox,
            Instance<EventIntake> intake,
            @All List<RecordIntake> records) {
        this.service = service;
        this.kafka = kafka;
        this.relay = relay;
        this.partitions = new OutboxPartitions(owner, PARTITION_WIDTH);
        this.inboxPartitions = new InboxPartitions(owner);
        this.dueWork = new DueRunner(transactions, times, dueHandlers, tracing);
        if (intake.isResolvable()) {
            consumers.put("inbox", consumer(this.service, intake.get().topics(), inbox));
        }
        for (var others : records) {
            var name = service + "." + others.name();
            if (!others.topics().isEmpty()) {
                consumers.put(name, consumer(name, others.topics(), new RecordInbox(service, transactions, others)));
            }
        }
    }

    private InboxConsumer consumer(String group, List<String> topics, Receiver receiver) {
        return new InboxConsumer(
                topics, receiver, () -> kafka.consumer(group), kafka::readableTopicIds, Duration.ofSeconds(1));
    }

    void start(@Observes StartupEvent started) throws SQLException {
        partitions.createAhead(PARTITIONS_AHEAD);
        createInboxPartitions();
        run("relay", relay);
        consumers.forEach(this::run);
        every(Duration.ofMillis(250), "due work", dueWork::runDue);
        every(Duration.ofMinutes(10), "partitions of the outbox", () -> {
            partitions.createAhead(PARTITIONS_AHEAD);
            partitions.dropSent(KEEP_SENT);
        });
        every(Duration.ofMinutes(10), "partitions of the inbox", () -> {
            createInboxPartitions();
            inboxPartitions.dropForgotten(machineTime.instant());
        });
    }

    /** Weeks ahead, so that the service starts and works also while a backup holds the tables. */
    private void createInboxPartitions() throws SQLException {
        try {
            inboxPartitions.create(machineTime.instant(), INBOX_WEEKS_AHEAD);
        } catch (SQLException failure) {
            if (!LOCK_NOT_AVAILABLE.equals(failure.getSQLState())) {
                throw failure;
            }
            LOG.warn("Partitions of the inbox are made later: some transaction holds its tables");
        }
    }

    void stopWork(@Observes @Priority(Interceptor.Priority.APPLICATION) ShutdownEvent stopping)
            throws InterruptedException {
        dueWork.close();
        timers.shutdown();
        consumers.values().forEach(InboxConsumer::close);
        for (var name : consumers.keySet()) {
            join(name);
        }
        if (!timers.awaitTermination(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            timers.shutdownNow();
        }
    }

    void releaseRelay(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent stopping)
            throws InterruptedException {
        relay.finish();
        if (!join("relay")) {
            relay.close();
            join("relay");
        }
    }

    private boolean join(String name) throws InterruptedException {
        for (var thread : threads) {
            if (thread.getName().equals(name) && !thread.join(STOP_WITHIN)) {
                return false;
            }
        }
        return true;
    }

    /** Topics that Kafka forbids this service to read, whose events wait there. */
    Set<String> forbiddenTopics() {
        var forbidden = new TreeSet<String>();
        consumers.values().forEach(consumer -> forbidden.addAll(consumer.forbiddenTopics()));
        return forbidden;
    }

    /** Whether every thread that must run does. */
    boolean isWhole() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    private void run(String name, Runnable work) {
        ThreadFactory factory = Thread.ofPlatform().name(name).daemon().factory();
        var thread = factory.newThread(work);
        threads.add(thread);
        thread.start();
    }

    @FunctionalInterface
    interface Chore {
        void run() throws SQLException;
    }

    /** Repeats a chore; one that fails in any way is tried again at its next turn, for a timer that throws is forgotten. */
    void every(Duration pause, String name, Chore chore) {
        var repeated = timers.scheduleWithFixedDelay(
                () -> {
                    try {
                        chore.run();
                    } catch (SQLException | RuntimeException | Error failure) {
                        LOG.warnf(
                                "%s: tried again later after %s",
                                name, failure.getClass().getName());
                    }
                },
                pause.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
        LOG.debugf("%s every %s: %s", name, pause, repeated.state());
    }
}
