package org.jikimi.runtime.boot;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jikimi.runtime.inbox.Inbox;
import org.jikimi.runtime.inbox.ParkReason;
import org.jikimi.runtime.outbox.Relay;
import org.jikimi.runtime.outbox.Unsent;

/** Shows the state of the chain: what waits in the outbox and for how long, and what the inbox dropped or parked. */
@Singleton
final class ChainMetrics {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final String PARKED = "SELECT reason, count(*) FROM inbox_parked GROUP BY reason";
    private static final String EARLY = """
            SELECT count(*) FILTER (WHERE parked_at < clock_timestamp() - interval '10 minutes'),
                coalesce(extract(epoch FROM clock_timestamp() - min(parked_at)) * 1000, 0)::bigint
            FROM inbox_parked WHERE reason = 'EARLY'""";
    private static final String RESTORES = "SELECT count(*) FROM relay_restore WHERE reconciled_at IS NULL";

    private final DataSource database;
    private final Machinery machinery;
    private final Unsent unsent;
    private final AtomicLong earlyForLong = new AtomicLong();
    private final AtomicLong oldestEarlyMillis = new AtomicLong();
    private final AtomicLong restores = new AtomicLong();
    private final Map<ParkReason, AtomicLong> parked = new EnumMap<>(ParkReason.class);

    ChainMetrics(
            DataSource database, Machinery machinery, Relay relay, Inbox inbox, Unsent unsent, MeterRegistry meters) {
        this.database = database;
        this.unsent = unsent;
        this.machinery = machinery;
        Gauge.builder("jikimi.outbox.unsent", unsent, Unsent::count)
                .description("Committed events not yet acknowledged by Kafka, counted up to " + Unsent.COUNT_UP_TO)
                .register(meters);
        Gauge.builder(
                        "jikimi.outbox.oldest.unsent.seconds",
                        unsent,
                        waiting -> waiting.oldest().toMillis() / 1000.0)
                .description("Age of the oldest committed event not yet acknowledged by Kafka")
                .register(meters);
        Gauge.builder(
                        "jikimi.relay.topics.missing",
                        unsent,
                        waiting -> waiting.missingTopics().size())
                .description("Topics that Kafka does not have and events wait for; log and readiness name them")
                .register(meters);
        FunctionCounter.builder("jikimi.relay.sent", relay, Relay::sent)
                .description("Events acknowledged by Kafka")
                .register(meters);
        Gauge.builder("jikimi.relay.leading", relay, leader -> leader.isLeading() ? 1 : 0)
                .description("1 in the replica whose relay leads")
                .register(meters);
        count(inbox, meters);
        Gauge.builder(
                        "jikimi.inbox.topics.forbidden",
                        machinery,
                        reading -> reading.forbiddenTopics().size())
                .description("Topics that Kafka forbids to read, whose events wait there; log and readiness name them")
                .register(meters);
        for (var reason : ParkReason.values()) {
            var number = new AtomicLong();
            parked.put(reason, number);
            Gauge.builder("jikimi.inbox.parked", number, AtomicLong::get)
                    .tag("reason", reason.name())
                    .description("Events that wait in the inbox")
                    .register(meters);
        }
        Gauge.builder("jikimi.inbox.early.overdue", earlyForLong, AtomicLong::get)
                .description("Events that have waited for their predecessor for more than ten minutes")
                .register(meters);
        Gauge.builder("jikimi.inbox.early.oldest.seconds", oldestEarlyMillis, millis -> millis.get() / 1000.0)
                .description("How long the oldest event has waited for its predecessor")
                .register(meters);
        Gauge.builder("jikimi.relay.restores.unreconciled", restores, AtomicLong::get)
                .description("Restores of this database whose losses nobody has dealt with yet")
                .register(meters);
    }

    private static void count(Inbox inbox, MeterRegistry meters) {
        FunctionCounter.builder("jikimi.inbox.duplicates", inbox, Inbox::duplicates)
                .description("Events dropped because they had been applied already")
                .register(meters);
        FunctionCounter.builder("jikimi.inbox.dead.letters", inbox, Inbox::deadLetters)
                .description("Events parked because they can never be applied as they are")
                .register(meters);
    }

    void start(@Observes StartupEvent started) {
        machinery.every(LOOK_EVERY, "metrics of the chain", this::look);
    }

    /** Restores of the database that nobody has reconciled yet. */
    long unreconciledRestores() {
        return restores.get();
    }

    private void look() throws SQLException {
        unsent.look();
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            var counted = new EnumMap<ParkReason, Long>(ParkReason.class);
            try (var rows = statement.executeQuery(PARKED)) {
                while (rows.next()) {
                    counted.put(ParkReason.valueOf(rows.getString(1)), rows.getLong(2));
                }
            }
            parked.forEach((reason, number) -> number.set(counted.getOrDefault(reason, 0L)));
            try (var row = statement.executeQuery(EARLY)) {
                row.next();
                earlyForLong.set(row.getLong(1));
                oldestEarlyMillis.set(row.getLong(2));
            }
            try (var row = statement.executeQuery(RESTORES)) {
                row.next();
                restores.set(row.getLong(1));
            }
        }
    }
}
