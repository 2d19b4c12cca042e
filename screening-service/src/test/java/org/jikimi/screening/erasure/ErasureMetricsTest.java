package org.jikimi.screening.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.screening.registry.SendChildren.child;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.World;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.registry.SendChildren;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two who were to be erased two years after they came of age, the first on 2025-05-01, and one who is not. */
class ErasureMetricsTest {
    private static final Instant NOON = Instant.parse("2026-10-01T03:00:00Z");
    private static final double SINCE_THE_FIRST =
            Duration.between(Instant.parse("2025-04-30T15:00:00Z"), NOON).toSeconds();

    private World world;
    private Instant now = NOON;

    @BeforeEach
    void aRegistry() throws Exception {
        world = new World();
        SendChildren.send(
                world,
                "children",
                child("GROWN", "H-1", "2005-05-01")
                        + child("BROTHER", "H-1", "2015-05-01")
                        + child("ALONE", "H-2", "2005-06-01"));
    }

    @Test
    void whoeverIsToBeErasedIsCountedForAsLongAsARoundHoldsTheNight() throws Exception {
        var shown = shown(Optional.of(Period.ofYears(2)));
        world.execute("INSERT INTO round (id, version, programme, as_of, state, planned_at, work) "
                + "VALUES (gen_random_uuid(), 1, 'QUARTERLY_SCREENING', '2026-10-01', 'OPENED', now(), 'SCREENING')");
        new Erasing(world).on(now);
        assertThat(due(shown)).isEqualTo(2);
        assertThat(oldest(shown)).isEqualTo(SINCE_THE_FIRST);

        world.execute("UPDATE round SET work = NULL");
        new Erasing(world).on(now);
        now = now.plus(Duration.ofMinutes(10));

        assertThat(due(shown)).isZero();
        assertThat(oldest(shown)).isZero();
    }

    @Test
    void whoeverIsKeptForSomebodyWorksForThemIsNotCounted() throws Exception {
        var first = UUID.fromString(world.query("SELECT id FROM child WHERE birth_date = '2005-05-01'")
                .getFirst());
        world.transactions.run(tx -> new JoinOutcome().caseIs(tx, UUID.randomUUID(), first, 1, true));

        var shown = shown(Optional.of(Period.ofYears(2)));

        assertThat(due(shown)).isOne();
        assertThat(oldest(shown))
                .isEqualTo(SINCE_THE_FIRST - Duration.ofDays(31).toSeconds());
    }

    @Test
    void nobodyIsToBeErasedBeforeSomebodyHasDecidedAfterWhatTime() {
        var shown = shown(Optional.empty());

        assertThat(due(shown)).isZero();
        assertThat(oldest(shown)).isZero();
    }

    private SimpleMeterRegistry shown(Optional<Period> after) {
        var meters = new SimpleMeterRegistry();
        new ErasureMetrics(world.transactions, new Times(() -> now), new Erasing.Terms(after, Duration.ofDays(7), 500))
                .start(new StartupEvent(), meters);
        return meters;
    }

    private static double due(SimpleMeterRegistry shown) {
        return shown.get("jikimi.erasures.due").gauge().value();
    }

    private static double oldest(SimpleMeterRegistry shown) {
        return shown.get("jikimi.erasures.due.oldest.seconds").gauge().value();
    }
}
