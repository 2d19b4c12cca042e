package org.jikimi.screening.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jikimi.runtime.due.DueRunner;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.time.Seoul;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.World;
import org.jikimi.screening.legal.LegalBases;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who has fallen silent is told of once. */
class WatchSourcesTest {
    private static final String AGENCY = "disease-control";
    private static final int VACCINATION = 2;
    private static final SilenceTerms TERMS =
            new SmallRyeConfigBuilder().withMapping(SilenceTerms.class).build().getConfigMapping(SilenceTerms.class);

    private World world;
    private WatchSources watch;

    @BeforeEach
    void nobodyHasDelivered() throws SQLException {
        world = new World();
        watch = watch(world.bases);
    }

    @Test
    void aSourceThatHasSentNoDataForNineDaysIsToldOfWithWhatIsMissingAndSinceWhen() throws SQLException {
        deliversDaily(AGENCY, VACCINATION, World.TODAY.minusDays(9));

        watch(World.TODAY);

        assertThat(world.query("""
                SELECT concat_ws(' ', e->>'version', e->>'state', e->>'source', e->>'indicator', e->>'lastReceivedOn',
                    e->>'silentDays', e->>'expectedIntervalDays', e->>'foundAt')
                FROM (SELECT convert_from(payload, 'UTF8')::json AS e FROM outbox WHERE type = 'SourceSilent')"""))
                .containsExactly("1 SILENT disease-control MISSED_VACCINATION 2026-09-22 9 1 2026-10-01T03:00:00Z");
        assertThat(world.query("SELECT o.key = s.id::text FROM outbox AS o, source_silence AS s"))
                .containsExactly("t");
    }

    @Test
    void nobodyIsToldOfBeforeTheDayOrForWhatMayNotBeUsedOrWithoutARhythm() throws SQLException {
        deliversDaily(AGENCY, VACCINATION, World.TODAY.minusDays(8));
        deliversOn("telecom", 19, World.TODAY.minusDays(60), World.TODAY.minusDays(61), World.TODAY.minusDays(62));
        watch(World.TODAY);
        assertThat(told()).isEmpty();

        var unlawful = watch(new LegalBases(false));
        handle(unlawful, World.TODAY.plusDays(30));
        assertThat(told()).isEmpty();

        watch(World.TODAY.plusDays(30));
        assertThat(told()).containsExactly("disease-control 38");
    }

    @Test
    void aSilenceIsToldOfOnceHoweverOftenSomebodyLooks() throws SQLException {
        deliversDaily(AGENCY, VACCINATION, World.TODAY.minusDays(9));

        for (int day = 0; day < 5; day++) {
            watch(World.TODAY.plusDays(day));
            watch(World.TODAY.plusDays(day));
        }

        assertThat(told()).containsExactly("disease-control 9");
    }

    @Test
    void dataThatComeBackEndASilenceAndTheNextOneIsToldOfAgain() throws SQLException {
        deliversDaily(AGENCY, VACCINATION, World.TODAY.minusDays(9));
        watch(World.TODAY);
        assertThat(view(World.TODAY).silentSince()).isEqualTo(World.TODAY.minusDays(8));
        assertThat(view(World.TODAY).silenceId()).hasToString(silences().getFirst());

        deliversOn(AGENCY, VACCINATION, World.TODAY.plusDays(1));
        watch(World.TODAY.plusDays(1));
        assertThat(told()).hasSize(1);
        assertThat(view(World.TODAY.plusDays(1)).silentSince()).isNull();
        assertThat(view(World.TODAY.plusDays(1)).silenceId()).isNull();

        watch(World.TODAY.plusDays(10));
        assertThat(told()).containsExactly("disease-control 9", "disease-control 9");
        assertThat(silences()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void linesOfWhichNoneIsTakenAreNoDelivery() throws SQLException {
        deliversDaily(AGENCY, VACCINATION, World.TODAY.minusDays(9));
        var tally = new SourceTally();
        tally.rejected("MISSED_VACCINATION", "unknown-subject", 3);
        add(tally, AGENCY, World.TODAY);

        watch(World.TODAY);

        assertThat(told()).hasSize(1);
        assertThat(view(World.TODAY).freshnessDays()).isEqualTo(9);
        assertThat(view(World.TODAY).lastArrivalAt()).isEqualTo(noon(World.TODAY));
    }

    @Test
    void eachSourceAndIndicatorIsSilentByItself() throws SQLException {
        deliversDaily(AGENCY, VACCINATION, World.TODAY.minusDays(9));
        deliversDaily("health-insurance", 0, World.TODAY);
        deliversDaily("health-insurance", 1, World.TODAY.minusDays(12));
        deliversDaily("019a9f00-0000-7000-8000-000000000001", VACCINATION, World.TODAY.minusDays(10));

        watch(World.TODAY);

        assertThat(told())
                .containsExactlyInAnyOrder(
                        "disease-control 9", "health-insurance 12", "019a9f00-0000-7000-8000-000000000001 10");
    }

    @Test
    void manyReplicasThatStartTogetherAndAgainTellOfASilenceOnce() throws Exception {
        deliversDaily(AGENCY, VACCINATION, World.TODAY.minusDays(9));
        deliversDaily("telecom", 19, World.TODAY.minusDays(10));

        atOnce(() -> {
            int looked = 0;
            for (int start = 0; start < 5; start++) {
                watch.start(new StartupEvent());
                looked += new DueRunner(world.transactions, world.times, List.of(watch)).runDue();
            }
            return looked;
        });

        assertThat(told()).containsExactlyInAnyOrder("disease-control 9", "telecom 10");
        assertThat(world.query("SELECT kind || ' ' || subject FROM due_work")).containsExactly("source-silence all");
    }

    @Test
    void aSilenceIsToldOfOnceEvenIfItIsFoundSeveralTimesAtOnce() throws Exception {
        deliversDaily(AGENCY, VACCINATION, World.TODAY.minusDays(9));
        deliversDaily("telecom", 19, World.TODAY.minusDays(10));

        atOnce(() -> {
            watch(World.TODAY);
            return 1;
        });

        assertThat(told()).containsExactlyInAnyOrder("disease-control 9", "telecom 10");
    }

    private static void atOnce(Callable<Integer> replica) throws Exception {
        try (var replicas = Executors.newFixedThreadPool(4)) {
            for (var done : replicas.invokeAll(List.of(replica, replica, replica, replica))) {
                done.get();
            }
        }
    }

    @Test
    void itLooksWhenItStartsAndThenEveryMorningInSeoul() throws SQLException {
        watch.start(new StartupEvent());
        assertThat(dueAt()).isEqualTo(world.times.now());

        new DueRunner(world.transactions, world.times, List.of(watch)).runDue();
        assertThat(dueAt()).isEqualTo(Instant.parse("2026-10-01T23:00:00Z"));

        var early = new Times(() -> Instant.parse("2026-10-01T22:59:00Z"));
        new DueRunner(world.transactions, early, List.of(watch)).runDue();
        assertThat(dueAt()).isEqualTo(Instant.parse("2026-10-01T23:00:00Z"));

        var morning = new Times(() -> Instant.parse("2026-10-01T23:00:00Z"));
        new DueRunner(world.transactions, morning, List.of(watch)).runDue();
        assertThat(dueAt()).isEqualTo(Instant.parse("2026-10-02T23:00:00Z"));
    }

    private WatchSources watch(LegalBases bases) {
        return new WatchSources(world.events, new DueWork(), bases, world.transactions, world.times, TERMS);
    }

    private void watch(LocalDate day) throws SQLException {
        handle(watch, day);
    }

    private void handle(WatchSources by, LocalDate day) throws SQLException {
        world.transactions.run(tx -> {
            by.handle(tx, "all", noon(day), noon(day));
            return day;
        });
    }

    private static Instant noon(LocalDate day) {
        return day.atTime(12, 0).atZone(Seoul.ZONE).toInstant();
    }

    private void deliversDaily(String source, int bit, LocalDate last) throws SQLException {
        deliversOn(source, bit, IntStream.range(0, 14).mapToObj(last::minusDays).toArray(LocalDate[]::new));
    }

    private void deliversOn(String source, int bit, LocalDate... days) throws SQLException {
        for (var day : days) {
            var tally = new SourceTally();
            tally.accepted(bit);
            add(tally, source, day);
        }
    }

    private void add(SourceTally tally, String source, LocalDate day) throws SQLException {
        world.transactions.run(tx -> {
            tally.addTo(tx, source, noon(day));
            return day;
        });
    }

    private SourceView view(LocalDate day) throws SQLException {
        var delivery = world.transactions
                .run(tx -> Deliveries.of(tx, AGENCY, day, day))
                .getFirst();
        return SourceView.of(delivery, SilenceRule.of(TERMS).rhythm(delivery.days()), day);
    }

    private List<String> told() throws SQLException {
        return world.query("SELECT e->>'source' || ' ' || (e->>'silentDays') FROM (SELECT seq, "
                + "convert_from(payload, 'UTF8')::json AS e FROM outbox WHERE type = 'SourceSilent') ORDER BY seq");
    }

    private List<String> silences() throws SQLException {
        return world.query("SELECT id FROM source_silence ORDER BY last_received_on");
    }

    private Instant dueAt() throws SQLException {
        return Instant.ofEpochSecond(
                Long.parseLong(world.query("SELECT extract(epoch FROM due_at)::bigint FROM due_work")
                        .getFirst()));
    }
}
