package org.jikimi.screening.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.signal.SendSignals.signal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.screening.World;
import org.jikimi.screening.evaluation.EvaluationView.Contribution;
import org.jikimi.screening.evaluation.EvaluationView.Group;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.model.ScorecardDocument.Weight;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.outcome.VisitFinding;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.round.ReplayRound;
import org.jikimi.screening.round.RunRound;
import org.jikimi.screening.signal.SendSignals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Five children of two districts, the threshold being 20. In 11350: M, 22 points, of them 4 for medical aid; R, whose
 * family refused visits, 13. In 11110: D, 22 points, of them 5 for a disability; T, 24 points; N, none.
 */
class EvaluationByGroupTest {
    private static final Instant LATER = Instant.parse("2026-10-20T01:00:00Z");
    private static final String OTHER_DONG = "1111053000";
    private static final String M = "2015-05-01";
    private static final String D = "2015-05-02";
    private static final String T = "2015-05-03";
    private static final String N = "2015-05-04";

    private final JoinOutcome join = new JoinOutcome();
    private World world;

    @BeforeEach
    void aCity() throws Exception {
        world = new World();
        SendChildren.send(
                world,
                "children",
                child("M", "H-M", M, "SINGLE_PARENT", World.DONG, "HOME")
                        + child("R", "H-R", "2015-05-05")
                        + child("D", "H-D", D, "SINGLE_PARENT", OTHER_DONG, "HOME")
                        + child("T", "H-T", T, "TWO_PARENT", OTHER_DONG, "HOME")
                        + child("N", "H-N", N, "TWO_PARENT", OTHER_DONG, "HOME"));
        SendSignals.send(
                world,
                "education-office",
                "e",
                observed("TEACHER_FLAGGED_CRISIS", "RRN", "M")
                        + observed("LONG_SCHOOL_ABSENCE", "RRN", "R")
                        + observed("LONG_SCHOOL_ABSENCE", "RRN", "D")
                        + observed("LONG_SCHOOL_ABSENCE", "RRN", "T")
                        + observed("TEACHER_FLAGGED_CRISIS", "RRN", "T"));
        SendSignals.send(
                world,
                "welfare-office",
                "w",
                observed("MEDICAL_AID", "HOUSEHOLD", "H-M") + observed("CHILD_DISABILITY", "RRN", "D"));
        SendSignals.send(world, "case-service", "c", observed("REPEATED_VISIT_REFUSAL", "HOUSEHOLD", "H-R"));
    }

    private static String observed(String indicator, String scheme, String subject) {
        return signal(indicator + subject, indicator, scheme, subject, "2026-09-01");
    }

    private void screened(int visitsOfEachDong) throws SQLException {
        world.execute("INSERT INTO dong_capacity VALUES ('%s', %d), ('%s', %d)"
                .formatted(World.DONG, visitsOfEachDong, OTHER_DONG, visitsOfEachDong));
        new RunRound(world).screened(Programme.QUARTERLY_SCREENING, World.TODAY);
    }

    private UUID id(String born) throws SQLException {
        return UUID.fromString(world.query("SELECT id FROM child WHERE birth_date = '" + born + "'")
                .getFirst());
    }

    private void visited(String born, String outcome) throws SQLException {
        var child = id(born);
        world.transactions.run(tx ->
                join.visitCompleted(tx, UUID.randomUUID(), child, 1, null, VisitFinding.of(outcome, true), LATER));
    }

    private EvaluationView evaluation(ScorecardDocument model) throws SQLException {
        return world.transactions.run(tx -> EvaluateModel.evaluate(
                tx, model, ReplayRound.find(tx, Optional.empty()).orElseThrow(), 1));
    }

    /** The version that shipped before: it gave points for declining help. */
    private static ScorecardDocument former() {
        var shipped = Models.shipped();
        return new ScorecardDocument(
                "expert-1",
                null,
                null,
                null,
                shipped.threshold(),
                shipped.urgentThreshold(),
                shipped.caregivingGap(),
                shipped.indicators().stream()
                        .map(weight -> ScorecardDocument.DECLINED.contains(weight.code())
                                ? new Weight(weight.code(), 15, "expert judgement")
                                : weight)
                        .toList(),
                shipped.ageBands(),
                shipped.familyTypes(),
                shipped.regions());
    }

    /** Points are not drawn one by one: how sure their share is cannot be told from how many there are. */
    private static Share ofPoints(int hits, int of) {
        return new Share(of, hits, (double) hits / of, null, null, null);
    }

    @Test
    void whatBenefitsAndDisabilityAddIsToldApart() throws Exception {
        screened(9);

        assertThat(evaluation(Models.shipped()).sensitive())
                .containsExactly(
                        new Contribution("poverty", ofPoints(0, 68), Share.of(0, 3)),
                        new Contribution("benefits", ofPoints(4, 68), Share.of(1, 3)),
                        new Contribution("disability", ofPoints(5, 68), Share.of(1, 3)));
    }

    @Test
    void theDisparityReportTellsDistrictsAndFamilyTypesApart() throws Exception {
        screened(9);
        visited(M, "WELFARE_NEED");
        visited(D, "SAFE");
        var found = new JoinOutcome.Determined(UUID.randomUUID(), 1, id(N), List.of(), "ABUSE", null, LATER);
        world.transactions.run(tx -> join.determined(tx, found));

        assertThat(evaluation(Models.shipped()).disparity())
                .filteredOn(group -> !group.by().equals("age"))
                .extracting(Group::value, Group::flagged, Group::precision, Group::recall)
                .containsExactly(
                        tuple("11110", Share.of(2, 3), Share.of(0, 1), Share.of(0, 1)),
                        tuple("11350", Share.of(1, 2), Share.of(1, 1), Share.of(0, 0)),
                        tuple("SINGLE_PARENT", Share.of(2, 2), Share.of(1, 2), Share.of(0, 0)),
                        tuple("TWO_PARENT", Share.of(1, 3), Share.of(0, 0), Share.of(0, 1)));
    }

    @Test
    void whatARefusalAddedToAVersionThatCountedItIsToldAsOurOwnWork() throws Exception {
        screened(9);

        var former = evaluation(former());
        var shipped = evaluation(Models.shipped());

        assertThat(former.all().flagged()).isEqualTo(4);
        assertThat(former.withoutOwnWork().flagged()).isEqualTo(3);
        assertThat(shipped.all().flagged()).isEqualTo(3);
        assertThat(shipped.withoutOwnWork().flagged()).isEqualTo(3);
    }

    @Test
    void precisionIsThatOfThoseWhomTheDongsCouldVisit() throws Exception {
        screened(1);
        visited(T, "WELFARE_NEED");
        world.execute("UPDATE flag SET state = 'FLAGGED' WHERE state = 'BACKLOG'"); // moved up later
        visited(D, "SAFE");

        var all = evaluation(Models.shipped()).all();

        assertThat(all.flagged()).isEqualTo(2);
        assertThat(all.precision()).isEqualTo(Share.of(1, 1));
    }
}
