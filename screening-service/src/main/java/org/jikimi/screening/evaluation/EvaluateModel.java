package org.jikimi.screening.evaluation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.outcome.KnownOutcome;
import org.jikimi.screening.outcome.KnownOutcomes;
import org.jikimi.screening.reference.Lawful;
import org.jikimi.screening.round.ReplayRound;
import org.jikimi.screening.round.ReplayRound.Child;
import org.jikimi.screening.round.ReplayRound.Flagged;
import org.jikimi.screening.round.ReplayRound.Way;

/**
 * Evaluates a model on a past round. Reads the whole round once; keeps the ids of whom it would flag, which are no more than
 * can be visited, and of whom something is known.
 */
final class EvaluateModel {
    private final ReplayRound round;
    private final Map<UUID, KnownOutcome> known;
    private final ChildrenTally all = new ChildrenTally();
    private final ChildrenTally withoutOwnWork = new ChildrenTally();
    private final ChildrenTally withoutSensitive = new ChildrenTally();
    private final DisparityTally disparity;
    private final List<SensitiveTally> sensitive;
    private final Set<UUID> flagged = new HashSet<>();

    private EvaluateModel(ScorecardDocument model, ReplayRound round, Map<UUID, KnownOutcome> known) {
        this.round = round;
        this.known = known;
        this.disparity = new DisparityTally(round.asOf());
        var whole = new Scorecard(model, round.asOf(), round.lawful());
        this.sensitive = SensitiveIndicators.KINDS.stream()
                .map(kind -> new SensitiveTally(
                        kind.getKey(),
                        kind.getValue(),
                        whole,
                        new Scorecard(model, round.asOf(), less(round.lawful(), kind.getValue()))))
                .toList();
    }

    static EvaluationView evaluate(Connection tx, ScorecardDocument model, ReplayRound round) throws SQLException {
        return evaluate(tx, model, round, ChildrenTally.FEWEST);
    }

    /** @param fewest on how many children an area, or any figure of a group, must rest to be told */
    static EvaluationView evaluate(Connection tx, ScorecardDocument model, ReplayRound round, int fewest)
            throws SQLException {
        var evaluation = new EvaluateModel(model, round, KnownOutcomes.of(tx, round.id(), round.asOf()));
        var lawful = round.lawful();
        round.judge(
                model,
                List.of(
                        new Way(lawful, evaluation::count, evaluation::countFlagged),
                        evaluation.comparing(evaluation.withoutOwnWork, less(lawful, SensitiveIndicators.OWN_WORK)),
                        evaluation.comparing(evaluation.withoutSensitive, less(lawful, SensitiveIndicators.ALL))));
        return evaluation.view(model, fewest);
    }

    private static Lawful less(Lawful lawful, long mask) {
        return new Lawful(lawful.mask() & ~mask);
    }

    private void count(Child child, int score) {
        if (!child.linked()) {
            var outcome = known.get(child.id());
            all.add(score, outcome);
            disparity.add(child.facts(), score, outcome);
        }
    }

    private void countFlagged(Flagged child) {
        var outcome = known.get(child.childId());
        flagged.add(child.childId());
        all.addFlagged(outcome, true);
        disparity.addFlagged(child.facts(), outcome);
        sensitive.forEach(kind -> kind.add(child));
    }

    /** A way with fewer indicators; whom every indicator flags is known by then. */
    private Way comparing(ChildrenTally tally, Lawful lawful) {
        return new Way(
                lawful,
                (child, score) -> {
                    if (!child.linked()) {
                        tally.add(score, known.get(child.id()));
                    }
                },
                child -> tally.addFlagged(known.get(child.childId()), flagged.contains(child.childId())));
    }

    private EvaluationView view(ScorecardDocument model, int fewest) {
        return new EvaluationView(
                model.version(),
                round.modelVersion(),
                round.id(),
                round.asOf(),
                all.children(),
                all.measures(fewest),
                withoutOwnWork.measures(fewest),
                withoutSensitive.measures(fewest),
                disparity.groups(all.need(), fewest),
                sensitive.stream().map(SensitiveTally::contribution).toList());
    }
}
