package org.jikimi.screening.erasure;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.time.Seoul;
import org.jikimi.runtime.time.Times;
import org.jspecify.annotations.Nullable;

/**
 * Shows whether children are erased when they are to be, whether the other services follow in time, and whether anybody has
 * decided when to erase. Looked up when asked for; who is to be erased, for which much is read, every ten minutes.
 */
@Singleton
final class ErasureMetrics {
    private static final Duration LOOK_EVERY = Duration.ofMinutes(10);
    private static final DueChildren.Waiting NOBODY = new DueChildren.Waiting(0, null);

    private final Transactions transactions;
    private final Times times;
    private final RetentionTerms terms;
    private final Erasures erasures = new Erasures();

    private DueChildren.Waiting waiting = NOBODY;
    private Instant lookAgain = Instant.MIN;

    ErasureMetrics(Transactions transactions, Times times, RetentionTerms terms) {
        this.transactions = transactions;
        this.times = times;
        this.terms = terms;
    }

    void start(@Observes StartupEvent started, MeterRegistry meters) {
        Gauge.builder("jikimi.erasures.outstanding", () -> open().outstanding())
                .description("Erasures that a service has not acknowledged yet")
                .register(meters);
        Gauge.builder("jikimi.erasures.overdue", () -> open().overdue())
                .description("Erasures that a service should have acknowledged by now")
                .register(meters);
        Gauge.builder("jikimi.erasures.due", () -> waiting().children())
                .description("Children who are to be erased by now and are not")
                .register(meters);
        Gauge.builder(
                        "jikimi.erasures.due.oldest.seconds",
                        () -> sinceStartOf(waiting().oldest()))
                .description("For how long the longest of them was to be erased")
                .register(meters);
        Gauge.builder("jikimi.retention.configured", () -> terms.after().isPresent() ? 1 : 0)
                .description("1 if an operator has decided after what time children are erased, 0 if nothing is erased")
                .register(meters);
    }

    private Erasures.Open open() {
        try {
            return transactions.run(tx -> erasures.open(tx, times.now().minus(terms.acknowledgeWithin())));
        } catch (SQLException away) {
            throw new IllegalStateException(away); // shown as not a number
        }
    }

    private synchronized DueChildren.Waiting waiting() {
        var now = times.now();
        if (!now.isBefore(lookAgain)) {
            waiting = look(now);
            lookAgain = now.plus(LOOK_EVERY);
        }
        return waiting;
    }

    private DueChildren.Waiting look(Instant now) {
        if (terms.after().isEmpty()) {
            return NOBODY;
        }
        var due = new DueChildren(new RetentionRule(terms.after().get()), Seoul.dateOf(now));
        try {
            return transactions.run(due::waiting);
        } catch (SQLException away) {
            throw new IllegalStateException(away); // shown as not a number
        }
    }

    private double sinceStartOf(@Nullable LocalDate day) {
        return day == null
                ? 0
                : Duration.between(day.atStartOfDay(Seoul.ZONE).toInstant(), times.now())
                        .toSeconds();
    }
}
