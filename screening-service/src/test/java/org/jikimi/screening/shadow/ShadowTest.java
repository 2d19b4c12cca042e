package org.jikimi.screening.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.signal.SendSignals.signal;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jikimi.screening.World;
import org.jikimi.screening.erasure.Erasing;
import org.jikimi.screening.evaluation.Share;
import org.jikimi.screening.export.ExportFile;
import org.jikimi.screening.export.ExportFormat;
import org.jikimi.screening.flag.Flag;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.model.ScorecardDocument.Weight;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.outcome.VisitFinding;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.round.ReplayRound;
import org.jikimi.screening.round.RunRound;
import org.jikimi.screening.shadow.ShadowView.District;
import org.jikimi.screening.shadow.ShadowView.OnlyOne;
import org.jikimi.screening.shadow.ShadowView.Overlap;
import org.jikimi.screening.shadow.ShadowView.Quality;
import org.jikimi.screening.signal.SendSignals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two dongs that visit two households each. The champion flags B and A of the one, so that C waits, and D of the other.
 * The shadow, for whom gas counts most, flags C and B of the one, so that F waits, and E of the other.
 */
class ShadowTest {
    private static final String OTHER_DONG = "1111053000";
    private static final Instant LATER = Instant.parse("2026-10-20T01:00:00Z");
    private static final ScorecardDocument GAS_ALONE = new ScorecardDocument(
            "gas-1",
            null,
            null,
            null,
            5,
            900,
            5,
            List.of(
                    new Weight("GAS_CUTOFF", 5, "judgement"),
                    new Weight("CARD_ARREARS", 3, "judgement"),
                    new Weight("POWER_CUTOFF", 1, "judgement")),
            List.of(),
            List.of(),
            List.of());

    private static final Instant WHEN_ALL_ARE_GROWN = Instant.parse("2050-10-01T18:00:00Z");

    private static final String FLAGS = "SELECT flag::text FROM flag ORDER BY id";
    private static final String TOLD =
            "SELECT convert_from(payload, 'UTF8') FROM outbox WHERE type = 'ChildFlagged' ORDER BY seq";

    private final JoinOutcome join = new JoinOutcome();
    private final Models models = new Models();
    private World world;
    private RunRound run;

    @BeforeEach
    void childrenOfTwoDistricts() throws Exception {
        world = new World();
        run = new RunRound(world);
        world.execute("INSERT INTO dong_capacity VALUES ('" + World.DONG + "', 2), ('" + OTHER_DONG + "', 2)");
        SendChildren.send(
                world,
                "children",
                child("A", "H-A", "2015-05-01")
                        + child("B", "H-B", "2015-05-02")
                        + child("C", "H-C", "2015-05-03")
                        + child("D", "H-D", "2015-05-04", "TWO_PARENT", OTHER_DONG, "HOME")
                        + child("E", "H-E", "2015-05-05", "TWO_PARENT", OTHER_DONG, "HOME")
                        + child("F", "H-F", "2015-05-06"));
        send("power-utility", "POWER_CUTOFF", "H-A", "H-B", "H-D");
        send("water-utility", "WATER_CUTOFF", "H-A", "H-B", "H-C", "H-D");
        send("welfare-office", "LIVELIHOOD_AID_ENDED", "H-A");
        send("gas-utility", "GAS_CUTOFF", "H-B", "H-C", "H-E", "H-F");
        send("credit-bureau", "CARD_ARREARS", "H-C");
    }

    private void send(String source, String indicator, String... households) throws Exception {
        var lines = new StringBuilder();
        for (var household : households) {
            lines.append(signal(indicator + household, indicator, "HOUSEHOLD", household, "2026-09-20"));
        }
        SendSignals.send(world, source, indicator, lines.toString());
    }

    private void shadow(ScorecardDocument model) throws SQLException {
        world.transactions.run(tx -> {
            models.active(tx, world.times.now());
            return models.propose(tx, model, "analyst", world.times.now());
        });
        world.execute("UPDATE model SET shadow_since = now() WHERE version = '" + model.version() + "'");
    }

    private UUID screened() throws SQLException {
        return run.screened(Programme.QUARTERLY_SCREENING, World.TODAY);
    }

    private List<String> taken(UUID round, ExportFormat format) throws Exception {
        try (var file = ExportFile.create(format)) {
            world.transactions.run(tx -> {
                file.write(tx, ShadowFlags.onlyOne(round, true, format));
                return true;
            });
            try (var whole = file.handOver()) {
                return new String(whole.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
            }
        }
    }

    private UUID born(int day) throws SQLException {
        return UUID.fromString(world.query("SELECT id FROM child WHERE birth_date = '2015-05-0" + day + "'")
                .getFirst());
    }

    private ShadowView compare(UUID round) throws SQLException {
        return world.transactions.run(tx ->
                CompareShadow.compare(tx, ReplayRound.ofAnyProgramme(tx, round).orElseThrow()));
    }

    private List<OnlyOne> only(UUID round, boolean byShadow) throws SQLException {
        return world.transactions.run(tx -> ShadowFlags.onlyOne(tx, round, byShadow, null, 10));
    }

    private void visited(int day, String outcome) throws SQLException {
        var flag = UUID.fromString(world.query("SELECT id FROM flag WHERE child_id = '" + born(day) + "'")
                .getFirst());
        var child = born(day);
        world.transactions.run(tx ->
                join.visitCompleted(tx, UUID.randomUUID(), child, 1, flag, VisitFinding.of(outcome, true), LATER));
    }

    private void reported(int day) throws SQLException {
        var child = born(day);
        world.transactions.run(tx -> join.reported(tx, UUID.randomUUID(), child, 1, true, null, LATER));
    }

    @Test
    void whoIsErasedWhileTheShadowScreensIsNotKeptByIt() throws Exception {
        shadow(GAS_ALONE);
        var round = screened();
        world.execute("DELETE FROM shadow_flag");
        world.execute("DELETE FROM shadow_screening");
        world.execute("UPDATE flag SET state = 'VISITED'");
        var kept = born(2);
        world.transactions.run(tx -> join.caseIs(tx, UUID.randomUUID(), kept, 1, true));

        var screening = world.transactions.run(tx -> {
            new Erasing(world).within(tx, WHEN_ALL_ARE_GROWN);
            var waiting = CompletableFuture.runAsync(() -> shadowScreens(round));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> waiting.isDone()
                            || !world.query("SELECT 1 FROM pg_locks WHERE NOT granted")
                                    .isEmpty());
            return waiting;
        });
        screening.join();

        assertThat(world.query("SELECT count(*) FROM erasure")).containsExactly("5");
        assertThat(world.query("SELECT child_id FROM shadow_flag")).containsExactly(kept.toString());
    }

    private void shadowScreens(UUID round) {
        try {
            world.transactions.run(tx -> {
                new ScreenShadow().handle(tx, round.toString(), LATER, LATER);
                return round;
            });
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void theShadowIsScreenedBesideTheRoundAndComparedByDistrict() throws Exception {
        shadow(GAS_ALONE);

        var compared = compare(screened());

        assertThat(compared.champion()).isEqualTo("expert-2");
        assertThat(compared.shadow()).isEqualTo("gas-1");
        assertThat(compared.all()).isEqualTo(new Overlap(3, 3, 1, 2, 2));
        assertThat(compared.shadowBacklog()).isEqualTo(1);
        assertThat(compared.districts())
                .containsExactly(
                        new District("11110", new Overlap(1, 1, 0, 1, 1)),
                        new District("11350", new Overlap(2, 2, 1, 1, 1)));
    }

    @Test
    void whomOneAloneFlaggedIsToldWithTheReasons() throws Exception {
        shadow(GAS_ALONE);
        var round = screened();

        assertThat(only(round, true))
                .extracting(OnlyOne::childId, OnlyOne::rank, OnlyOne::reasons)
                .containsExactlyInAnyOrder(
                        tuple(
                                born(3),
                                1,
                                List.of(new Flag.Reason("GAS_CUTOFF", 5), new Flag.Reason("CARD_ARREARS", 3))),
                        tuple(born(5), 1, List.of(new Flag.Reason("GAS_CUTOFF", 5))));
        assertThat(only(round, false)).extracting(OnlyOne::childId).containsExactlyInAnyOrder(born(1), born(4));
        assertThat(taken(round, ExportFormat.CSV))
                .containsExactly(
                        "childId,districtCode,dongCode,score,rank,reasons",
                        born(3) + ",11350," + World.DONG + ",8,1,\"GAS_CUTOFF:5,CARD_ARREARS:3\"",
                        born(5) + ",11110," + OTHER_DONG + ",5,1,GAS_CUTOFF:5");
        assertThat(taken(round, ExportFormat.NDJSON).getLast())
                .isEqualTo("{\"childId\":\"" + born(5) + "\",\"districtCode\":\"11110\",\"dongCode\":\"" + OTHER_DONG
                        + "\",\"score\":5,\"rank\":1,\"reasons\":[{\"code\" : \"GAS_CUTOFF\", \"points\" : 5}]}");
    }

    @Test
    void aChildThatMovesUpLaterWasNotFlaggedByTheChampion() throws Exception {
        shadow(GAS_ALONE);
        var round = screened();

        world.execute("UPDATE flag SET state = 'FLAGGED', promoted_at = now() WHERE child_id = '" + born(3) + "'");

        assertThat(compare(round).all()).isEqualTo(new Overlap(3, 3, 1, 2, 2));
        assertThat(only(round, true)).extracting(OnlyOne::childId).contains(born(3));
    }

    @Test
    void theShadowChangesNeitherFlagsNorManifestNorWhatIsToldToOthers() throws Exception {
        shadow(GAS_ALONE);
        var round = screened();
        var flags = world.query(FLAGS);
        var manifest = world.query("SELECT manifest FROM round");
        var told = world.query(TOLD);
        world.execute("DELETE FROM flag; DELETE FROM round_linked; DELETE FROM shadow_flag; "
                + "DELETE FROM shadow_screening; "
                + "UPDATE round SET state = 'OPENED', screened_at = NULL, manifest = NULL, shadow_version = NULL");

        run.screenAgain(round);

        assertThat(flags).hasSize(4);
        assertThat(world.query(FLAGS)).isEqualTo(flags);
        assertThat(world.query("SELECT manifest FROM round")).isEqualTo(manifest);
        assertThat(told).hasSize(3);
        assertThat(world.query(TOLD)).startsWith(told.toArray(String[]::new)).endsWith(told.toArray(String[]::new));
        assertThat(world.query("SELECT child_id FROM shadow_flag")).isEmpty();
    }

    @Test
    void aShadowThatCannotBeScreenedLeavesTheRoundAsItIs() throws Exception {
        shadow(GAS_ALONE);
        world.execute("CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS "
                + "$$ BEGIN RAISE EXCEPTION 'no shadow'; END $$; "
                + "CREATE TRIGGER fail BEFORE INSERT ON shadow_screening FOR EACH ROW EXECUTE FUNCTION fail()");

        screened();

        assertThat(world.query("SELECT state || ' ' || flagged FROM round")).containsExactly("SCREENED 3");
        assertThat(world.query("SELECT kind || ' ' || attempts FROM due_work")).containsExactly("round-shadow 1");
    }

    @Test
    void screeningAgainScreensTheShadowNoSecondTime() throws Exception {
        shadow(GAS_ALONE);
        var round = screened();
        var before = compare(round);

        run.screenAgain(round);

        assertThat(compare(round)).isEqualTo(before);
        assertThat(world.query("SELECT kind FROM due_work")).isEmpty();
    }

    @Test
    void aRoundThatOpensWithoutAShadowHasNoneAndTheVersionInUseIsNone() throws Exception {
        shadow(GAS_ALONE);
        world.execute("UPDATE model SET state = 'RETIRED' WHERE state = 'ACTIVE'");
        world.execute("UPDATE model SET state = 'ACTIVE' WHERE version = 'gas-1'");

        screened();

        assertThat(world.query("SELECT coalesce(shadow_version, 'none') FROM round"))
                .containsExactly("none");
        assertThat(world.query("SELECT round_id FROM shadow_screening")).isEmpty();
    }

    @Test
    void precisionCountsTheVisitedAndRecallWhoWasReportedOrAbusedAndCouldBeFlagged() throws Exception {
        var linked = born(6);
        world.transactions.run(tx -> join.caseIs(tx, UUID.randomUUID(), linked, 1, true));
        shadow(GAS_ALONE);
        var round = screened();
        visited(1, "SAFE");
        visited(2, "WELFARE_NEED");
        reported(1);
        reported(3);
        reported(5);
        reported(6);
        var abused = new JoinOutcome.Determined(UUID.randomUUID(), 1, born(5), List.of(), "ABUSE", null, LATER);
        world.transactions.run(tx -> join.determined(tx, abused));

        var compared = compare(round);

        assertThat(compared.ofChampion()).isEqualTo(new Quality(Share.of(1, 2), Share.of(1, 3), Share.of(0, 1)));
        assertThat(compared.ofShadow()).isEqualTo(new Quality(Share.of(1, 1), Share.of(2, 3), Share.of(1, 1)));
    }
}
