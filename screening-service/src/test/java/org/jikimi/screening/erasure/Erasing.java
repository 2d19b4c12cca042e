package org.jikimi.screening.erasure;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Optional;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.erasure.ForgetSubjects;
import org.jikimi.screening.World;

/** Does the work of a night. */
public final class Erasing {
    private static final Duration A_WEEK = Duration.ofDays(7);

    private final World world;

    public Erasing(World world) {
        this.world = world;
    }

    /** Erases whoever is to be erased that night, two years after the last need, at most so many. */
    public void on(Instant night, int most) throws SQLException {
        with(new Terms(Optional.of(Period.ofYears(2)), A_WEEK, most), night);
    }

    public void on(Instant night) throws SQLException {
        on(night, 500);
    }

    void undecided(Instant night) throws SQLException {
        with(new Terms(Optional.empty(), A_WEEK, 500), night);
    }

    private void with(RetentionTerms terms, Instant night) throws SQLException {
        var erase = new EraseChildren(
                world.events,
                new DueWork(),
                new ForgetSubjects(world.subjects),
                world.transactions,
                world.times,
                terms);
        world.transactions.run(tx -> {
            erase.handle(tx, "all", night, night);
            return night;
        });
    }

    private record Terms(Optional<Period> after, Duration acknowledgeWithin, int mostAtOnce)
            implements RetentionTerms {}
}
