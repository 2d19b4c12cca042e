package org.jikimi.screening.rights;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.LocalDate;
import org.jboss.logging.Logger;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.time.Times;

/** How many requests wait for an answer, and how many of them have waited longer than the law allows. */
@Singleton
final class RightsMetrics {
    private static final Logger LOG = Logger.getLogger(RightsMetrics.class);
    private static final LocalDate FOR_EVER = LocalDate.of(9999, 12, 31);

    private final Transactions transactions;
    private final Times times;
    private final MeterRegistry meters;

    RightsMetrics(Transactions transactions, Times times, MeterRegistry meters) {
        this.transactions = transactions;
        this.times = times;
        this.meters = meters;
    }

    void start(@Observes StartupEvent started) {
        for (var kind : RightsKind.values()) {
            Gauge.builder("jikimi.rights.open", () -> open(kind, FOR_EVER))
                    .description("Requests of children or their representatives that are not answered yet")
                    .tag("kind", kind.name())
                    .register(meters);
            Gauge.builder("jikimi.rights.overdue", () -> open(kind, times.today()))
                    .description("Those of them whose period has passed")
                    .tag("kind", kind.name())
                    .register(meters);
        }
    }

    /** Not a number while the database does not answer. */
    private double open(RightsKind kind, LocalDate dueBefore) {
        try {
            return transactions.run(tx -> Sql.on(tx)
                    .createQuery("SELECT count(*) FROM rights_request "
                            + "WHERE outcome IS NULL AND kind = :kind AND due_on < :before")
                    .bind("kind", kind.name())
                    .bind("before", dueBefore)
                    .mapTo(Long.class)
                    .one());
        } catch (SQLException failure) {
            LOG.warnf("Requests could not be counted: %s", failure.getClass().getName());
            return Double.NaN;
        }
    }
}
