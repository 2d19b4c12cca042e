package org.jikimi.runtime.boot;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jikimi.runtime.time.Times;

/** Shows whether what is due is done: legal clocks, expiries, retries and escalations that wait too long are an alarm. */
@Singleton
final class DueMetrics {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final String OVERDUE = """
            SELECT count(*), count(*) FILTER (WHERE attempts > 0),
                   coalesce(extract(epoch FROM ?::timestamptz - min(due_at)) * 1000, 0)::bigint
            FROM due_work WHERE due_at < ?""";

    private final DataSource database;
    private final Machinery machinery;
    private final Times times;
    private final AtomicLong overdue = new AtomicLong();
    private final AtomicLong failing = new AtomicLong();
    private final AtomicLong oldestMillis = new AtomicLong();

    DueMetrics(DataSource database, Machinery machinery, Times times, MeterRegistry meters) {
        this.database = database;
        this.machinery = machinery;
        this.times = times;
        Gauge.builder("jikimi.due.overdue", overdue, AtomicLong::get)
                .description("Due work that is not done yet")
                .register(meters);
        Gauge.builder("jikimi.due.failing", failing, AtomicLong::get)
                .description("Due work that was tried and failed, and is tried again")
                .register(meters);
        Gauge.builder("jikimi.due.oldest.overdue.seconds", oldestMillis, millis -> millis.get() / 1000.0)
                .description("For how long the oldest undone work has been due")
                .register(meters);
    }

    void start(@Observes StartupEvent started) {
        machinery.every(LOOK_EVERY, "metrics of due work", this::look);
    }

    private void look() throws SQLException {
        var now = Timestamp.from(times.now());
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(OVERDUE)) {
            statement.setTimestamp(1, now);
            statement.setTimestamp(2, now);
            try (var row = statement.executeQuery()) {
                row.next();
                overdue.set(row.getLong(1));
                failing.set(row.getLong(2));
                oldestMillis.set(row.getLong(3));
            }
        }
    }
}
