package org.jikimi.screening.erasure;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.time.Times;

/** Shows whether erasures are followed in time, and whether anybody has decided when to erase. Looked up when asked for. */
@Singleton
final class ErasureMetrics {
    private final Transactions transactions;
    private final Times times;
    private final RetentionTerms terms;
    private final Erasures erasures = new Erasures();

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
}
