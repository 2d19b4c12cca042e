package org.jikimi.screening.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.signal.SendSignals.signal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.screening.World;
import org.jikimi.screening.evaluation.EvaluationView.Group;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.outcome.KnownOutcomes;
import org.jikimi.screening.outcome.VisitFinding;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.round.ReplayRound;
import org.jikimi.screening.round.RunRound;
import org.jikimi.screening.signal.SendSignals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A round of six children: A, B and C flagged, of whom A was in need and B safe; C was not found. D and E were not flagged;
 * abuse of A and E was determined later. F was known already.
 */
class EvaluationTest {
    private static final Instant LATER = Instant.parse("2026-10-20T01:00:00Z");

    private final JoinOutcome join = new JoinOutcome();
    private World world;

    @BeforeEach
    void aRoundAndWhatBecameOfIt() throws Exception {
        world = new World();
        world.execute("INSERT INTO dong_capacity VALUES ('" + World.DONG + "', 9)");
        SendChildren.send(
                world,
                "children",
                child("A", "H-A", "2015-05-01")
                        + child("B", "H-B", "2015-05-02")
                        + child("C", "H-C", "2015-05-03", "SINGLE_PARENT", World.DONG, "HOME")
                        + child("D", "H-D", "2015-05-04")
                        + child("E", "H-E", "2023-05-05")
                        + child("F", "H-F", "2015-05-06"));
        var power = new StringBuilder();
        var water = new StringBuilder();
        for (var household : List.of("H-A", "H-B", "H-C", "H-F")) {
            power.append(signal("P" + household, "POWER_CUTOFF", "HOUSEHOLD", household, "2026-09-01"));
            water.append(signal("W" + household, "WATER_CUTOFF", "HOUSEHOLD", household, "2026-09-01"));
        }
        SendSignals.send(world, "power-utility", "p", power.toString());
        SendSignals.send(world, "water-utility", "w", water.toString());
        SendSignals.send(world, "child-protection", "a", signal("A", "PRIOR_ABUSE", "RRN", "A", "2026-09-01"));
        world.transactions.run(tx -> join.caseIs(tx, UUID.randomUUID(), id("2015-05-06"), 1, true));
        new RunRound(world).screened(Programme.QUARTERLY_SCREENING, World.TODAY);
        visited("2015-05-01", "SUSPECTED_ABUSE", true);
        visited("2015-05-02", "SAFE", true);
        visited("2015-05-03", "UNLOCATED", false);
        determined("2015-05-01", "ABUSE");
        determined("2015-05-04", "UNFOUNDED");
        determined("2023-05-05", "ABUSE");
    }

    private UUID id(String born) throws SQLException {
        return UUID.fromString(world.query("SELECT id FROM child WHERE birth_date = '" + born + "'")
                .getFirst());
    }

    private void visited(String born, String outcome, boolean seen) throws SQLException {
        var child = id(born);
        var flag = UUID.fromString(world.query("SELECT id FROM flag WHERE child_id = '" + child + "'")
                .getFirst());
        world.transactions.run(tx ->
                join.visitCompleted(tx, UUID.randomUUID(), child, 1, flag, VisitFinding.of(outcome, seen), LATER));
    }

    private void determined(String born, String what) throws SQLException {
        var found = new JoinOutcome.Determined(UUID.randomUUID(), 1, id(born), List.of(), what, null, LATER);
        world.transactions.run(tx -> join.determined(tx, found));
    }

    private void reported(String born, Instant at) throws SQLException {
        var child = id(born);
        world.transactions.run(tx -> join.reported(tx, UUID.randomUUID(), child, 1, true, null, at));
    }

    private EvaluationView evaluation(ScorecardDocument model) throws SQLException {
        return world.transactions.run(tx -> EvaluateModel.evaluate(
                tx, model, ReplayRound.find(tx, Optional.empty()).orElseThrow(), 1));
    }

    @Test
    void theCardOfAVersionSaysWhatItIsForWhatItCountsAndWhyAndHowItDid() throws Exception {
        var model = new Models.Model(Models.shipped(), "ACTIVE", "shipped", LATER, "shipped", LATER, null);

        var card = ModelCard.of(model, null, evaluation(Models.shipped()));

        assertThat(card.version()).isEqualTo("expert-2");
        assertThat(card.weights())
                .hasSize(Models.shipped().indicators().size() + 3 + 4 + 6)
                .isSortedAccordingTo((one, other) -> Integer.compare(other.points(), one.points()))
                .allMatch(weight -> weight.source() != null);
        assertThat(card.weights())
                .filteredOn(weight -> weight.code().equals("PRIOR_ABUSE"))
                .singleElement()
                .satisfies(weight -> {
                    assertThat(weight.nameEn()).isEqualTo("Earlier abuse record");
                    assertThat(weight.source()).contains("doi:10.1136/adc.2005.085639");
                });
        assertThat(card.resting())
                .isEqualTo(new ModelCard.Resting(14, 0, card.weights().size() - 14));
        assertThat(card.never()).extracting(ModelCard.Text::en).containsExactly("nationality", "ethnicity", "religion");
        assertThat(card.evaluation()).isNotNull();
        assertThat(ModelCard.of(model, null, null).evaluation()).isNull();
    }

    @Test
    void precisionCountsTheVisitedAndRecallTheAbusedFlaggedOrNot() throws Exception {
        var all = evaluation(Models.shipped()).all();

        assertThat(all.flagged()).isEqualTo(3);
        assertThat(all.precision()).isEqualTo(Share.of(1, 2));
        assertThat(all.recall()).isEqualTo(Share.of(1, 2));
        assertThat(all.auc())
                .extracting(Auc::value, Auc::positives, Auc::negatives)
                .containsExactly(1.0, 1, 1);
        assertThat(all.aucOfAbuse()).extracting(Auc::positives, Auc::negatives).containsExactly(2, 3);
        assertThat(all.calibration())
                .hasSize(2)
                .last()
                .satisfies(band -> assertThat(band.inNeed()).isEqualTo(Share.of(1, 1)));
    }

    @Test
    void fromFewerThanTenOfAKindNoAreaIsToldOfTheWholeEither() throws Exception {
        var evaluation = world.transactions.run(tx -> EvaluateModel.evaluate(
                tx, Models.shipped(), ReplayRound.find(tx, Optional.empty()).orElseThrow()));

        assertThat(List.of(evaluation.all(), evaluation.withoutOwnWork(), evaluation.withoutSensitive()))
                .allSatisfy(measures -> {
                    assertThat(measures.auc()).isEqualTo(new Auc(null, null, null, 1, 1, Absent.TOO_FEW_POSITIVES));
                    assertThat(measures.aucOfAbuse())
                            .isEqualTo(new Auc(null, null, null, 2, 3, Absent.TOO_FEW_POSITIVES));
                });
    }

    @Test
    void whatWasDeterminedOfAnAliasCountsForTheChildThatSurvives() throws Exception {
        SendChildren.send(world, "provisional", child("P", "H-P", "2015-05-07"));
        determined("2015-05-07", "ABUSE");
        world.execute("INSERT INTO child_alias (alias_id, child_id) VALUES ('%s', '%s')"
                .formatted(id("2015-05-07"), id("2015-05-04")));

        assertThat(evaluation(Models.shipped()).all().recall()).isEqualTo(Share.of(1, 3));
    }

    @Test
    void ofTheReportedWhoeverWasNotFlaggedCountsAgainstIt() throws Exception {
        reported("2015-05-01", LATER);
        reported("2023-05-05", LATER);
        reported("2015-05-06", LATER);
        reported("2015-05-02", Instant.parse("2026-09-30T01:00:00Z"));
        reported("2015-05-03", Instant.parse("2027-10-01T01:00:00Z"));

        var evaluation = evaluation(Models.shipped());

        assertThat(evaluation.all().recallOfReported()).isEqualTo(Share.of(1, 2));
        assertThat(evaluation.disparity())
                .filteredOn(group -> group.by().equals("age"))
                .extracting(Group::value, Group::recallOfReported)
                .containsExactly(tuple("3-5", Share.of(0, 1)), tuple("6-11", Share.of(1, 1)));
    }

    @Test
    void aVisitOfAnAliasTellsOfTheFlagOfTheChildThatSurvives() throws Exception {
        SendChildren.send(world, "provisional", child("P", "H-P", "2015-05-07"));
        var provisional = id("2015-05-07");
        world.transactions.run(tx -> join.visitCompleted(
                tx, UUID.randomUUID(), provisional, 1, null, VisitFinding.of("WELFARE_NEED", true), LATER));
        world.execute("INSERT INTO child_alias (alias_id, child_id) VALUES ('%s', '%s')"
                .formatted(provisional, id("2015-05-03")));

        assertThat(evaluation(Models.shipped()).all().precision()).isEqualTo(Share.of(2, 3));
    }

    @Test
    void aChildThatSurvivesUnderAnIdOfLaterTellsOfTheOneThatTheRoundFroze() throws Exception {
        SendChildren.send(world, "registered", child("N", "H-A", "2015-05-07"));
        world.execute("INSERT INTO child_alias (alias_id, child_id) VALUES ('%s', '%s')"
                .formatted(id("2015-05-01"), id("2015-05-07")));

        var all = evaluation(Models.shipped()).all();

        assertThat(all.precision()).isEqualTo(Share.of(1, 2));
        assertThat(all.recall()).isEqualTo(Share.of(1, 2));
    }

    @Test
    void whatOurOwnWorkAndWhatPovertyAddIsToldApart() throws Exception {
        var evaluation = evaluation(Models.shipped());

        assertThat(evaluation.children()).isEqualTo(5);
        assertThat(evaluation.withoutOwnWork().auc().value()).isEqualTo(0.5);
        assertThat(evaluation.withoutSensitive().flagged()).isLessThan(3);
        assertThat(evaluation.sensitive())
                .filteredOn(kind -> kind.kind().equals("poverty"))
                .singleElement()
                .satisfies(poverty -> {
                    assertThat(poverty.points().value()).isGreaterThan(0.5);
                    assertThat(poverty.decisive().hits()).isGreaterThanOrEqualTo(2);
                });
    }

    @Test
    void theDisparityReportTellsEachGroupApart() throws Exception {
        reported("2015-05-03", LATER);
        reported("2015-05-04", LATER);

        assertThat(evaluation(Models.shipped()).disparity())
                .extracting(
                        Group::by,
                        Group::value,
                        Group::flagged,
                        Group::precision,
                        Group::recall,
                        Group::recallOfReported)
                .containsExactly(
                        tuple("age", "3-5", Share.of(0, 1), Share.of(0, 0), Share.of(0, 1), Share.of(0, 0)),
                        tuple("age", "6-11", Share.of(3, 4), Share.of(1, 2), Share.of(1, 1), Share.of(1, 2)),
                        tuple("district", "11350", Share.of(3, 5), Share.of(1, 2), Share.of(1, 2), Share.of(1, 2)),
                        tuple(
                                "familyType",
                                "SINGLE_PARENT",
                                Share.of(1, 1),
                                Share.of(0, 0),
                                Share.of(0, 0),
                                Share.of(1, 1)),
                        tuple(
                                "familyType",
                                "TWO_PARENT",
                                Share.of(2, 4),
                                Share.of(1, 2),
                                Share.of(1, 2),
                                Share.of(0, 1)));
    }

    @Test
    void aModelThatWasNeverUsedIsJudgedOnTheSameRound() throws Exception {
        var shipped = Models.shipped();
        var strict = new ScorecardDocument(
                "strict-1", null, null, null, 1_000, 1_000, 5, shipped.indicators(), List.of(), List.of(), List.of());

        var evaluation = evaluation(strict);

        assertThat(evaluation.model()).isEqualTo("strict-1");
        assertThat(evaluation.roundModel()).isEqualTo(shipped.version());
        assertThat(evaluation.all().flagged()).isZero();
        assertThat(evaluation.all().recall()).isEqualTo(Share.of(0, 2));
    }

    @Test
    void theRoundIsReadOnceAndThenForEachWayTheHouseholdsThatAreVisited() throws Exception {
        world.transactions.run(tx -> {
            var round = ReplayRound.find(tx, Optional.empty()).orElseThrow();
            int before = reads(tx);
            KnownOutcomes.of(tx, round.id(), round.asOf());
            int forOutcomes = reads(tx) - before;

            EvaluateModel.evaluate(tx, Models.shipped(), round);

            assertThat(reads(tx) - before - 2 * forOutcomes).isEqualTo(1 + 3);
            return true;
        });
    }

    /** How often this transaction has begun to read frozen children. */
    private static int reads(Connection tx) {
        return Sql.on(tx)
                .createQuery("SELECT sum(seq_scan + coalesce(idx_scan, 0)) FROM pg_stat_xact_user_tables "
                        + "WHERE relname LIKE 'round_child%'")
                .mapTo(Integer.class)
                .one();
    }
}
