package org.jikimi.screening.erasure;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Optional;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.erasure.ForgetSubjects;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.World;

/** Does the work of a night. */
public final class Erasing {
    private static final Duration A_WEEK = Duration.ofDays(7);
    private static final Period TWO_YEARS = Period.ofYears(2);

    private final Events events;
    private final ForgetSubjects forget;
    private final Transactions transactions;
    private final Times times;

    public Erasing(World world) {
        this(world.events, new ForgetSubjects(world.subjects), world.transactions, world.times);
    }

    Erasing(Events events, ForgetSubjects forget, Transactions transactions, Times times) {
        this.events = events;
        this.forget = forget;
        this.transactions = transactions;
        this.times = times;
    }

    /** Erases whoever is to be erased that night, two years after the last need, at most so many. */
    public void on(Instant night, int most) throws SQLException {
        with(new Terms(Optional.of(TWO_YEARS), A_WEEK, most), night);
    }

    public void on(Instant night) throws SQLException {
        on(night, 500);
    }

    void undecided(Instant night) throws SQLException {
        with(new Terms(Optional.empty(), A_WEEK, 500), night);
    }

    /** Erases whoever is to be erased now, in a transaction of the caller's. */
    void now(Connection tx) throws SQLException {
        within(tx, times.now());
    }

    /** The same in a transaction of the caller's. */
    public void within(Connection tx, Instant night) throws SQLException {
        erasing(new Terms(Optional.of(TWO_YEARS), A_WEEK, 500)).handle(tx, "all", night, night);
    }

    private void with(RetentionTerms terms, Instant night) throws SQLException {
        transactions.run(tx -> {
            erasing(terms).handle(tx, "all", night, night);
            return night;
        });
    }

    private EraseChildren erasing(RetentionTerms terms) {
        return new EraseChildren(events, new DueWork(), forget, transactions, times, terms);
    }

    record Terms(Optional<Period> after, Duration acknowledgeWithin, int mostAtOnce) implements RetentionTerms {}
}
