package org.jikimi.screening.source;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.due.DueHandler;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.event.EventDraft;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Seoul;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.legal.LegalBases;

/**
 * Looks every morning, and when the service starts, for sources that have fallen silent, and tells of each silence once. An
 * indicator that may not be used today is not missed.
 */
@ApplicationScoped
public class WatchSources implements DueHandler {
    static final String KIND = "source-silence";

    /** There is one piece of this work, whatever number of sources and replicas there is. */
    private static final String ALL = "all";

    /** In Seoul, before people come to work. */
    private static final LocalTime MORNING = LocalTime.of(8, 0);

    private final Events events;
    private final DueWork due;
    private final LegalBases bases;
    private final Transactions transactions;
    private final Times times;
    private final SilenceRule rule;

    public WatchSources(
            Events events, DueWork due, LegalBases bases, Transactions transactions, Times times, SilenceTerms terms) {
        this.events = events;
        this.due = due;
        this.bases = bases;
        this.transactions = transactions;
        this.times = times;
        this.rule = SilenceRule.of(terms);
    }

    void start(@Observes StartupEvent started) throws SQLException {
        transactions.run(tx -> {
            due.plan(tx, KIND, ALL, times.now());
            return ALL;
        });
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        var today = Seoul.dateOf(now);
        var lawful = bases.inForce(tx, today);
        var silences = new ArrayList<EventDraft>();
        for (var delivery : Deliveries.of(tx, null, today, today)) {
            var rhythm = rule.rhythm(delivery.days())
                    .filter(usual -> usual.isSilentOn(today)
                            && lawful.allows(delivery.key().bit()));
            if (rhythm.isEmpty()) {
                continue;
            }
            var id = EventIds.next();
            var usual = rhythm.get();
            if (Deliveries.fallSilent(tx, delivery.key(), usual.last(), id, now)) {
                silences.add(SourceEvents.silent(id, delivery.key(), usual, today, now));
            }
        }
        events.publish(tx, silences);
        due.plan(tx, KIND, ALL, Seoul.next(MORNING, now));
    }
}
