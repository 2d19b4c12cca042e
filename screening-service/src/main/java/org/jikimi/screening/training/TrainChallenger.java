package org.jikimi.screening.training;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.screening.bulk.Steps;
import org.jikimi.screening.model.ModelProblems;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.outcome.KnownOutcomes;
import org.jikimi.screening.round.ReplayRound;
import org.jikimi.screening.round.RoundProblems;

/**
 * Learns a challenger 도전 모형 from what became of visited children. In need counts who was found so by the visit
 * ({@code WELFARE_NEED}, {@code SUSPECTED_ABUSE}) or of whom abuse was determined within a year of the round's day: a
 * round is to find children who need somebody at their door, of whom abused ones are the fewest and the most pressing, and
 * a visit that finds a child safe whose abuse comes out later was mistaken. Of who was not visited nothing is known, so
 * nothing is learned from them.
 */
final class TrainChallenger {
    /** The fewest children of either kind: with fewer, points tell of chance. */
    static final int FEWEST = 50;

    static final Problem TOO_FEW = Problem.of(
            "too-few-outcomes",
            409,
            "Too few visits have found, or not found, need: name more rounds, or wait for more visits",
            "학습할 방문 결과가 부족합니다. 차수를 더하거나 방문 결과를 기다리십시오");
    static final Problem NOTHING_LEARNED = Problem.of(
            "nothing-learned",
            409,
            "By these outcomes nothing raises the odds of need: there is no version to propose",
            "이 방문 결과에서는 욕구의 가능성을 높이는 요인을 찾지 못했습니다");

    private final Models models = new Models();
    private final Trainings trainings = new Trainings();

    /**
     * What is to be learned.
     *
     * @param version name of the challenger
     * @param regularisation {@code C}: the less, the nearer all points are to none
     */
    record Asked(String version, List<UUID> rounds, double regularisation) {}

    /** What came of it. */
    sealed interface Result {
        /** The version stands proposed. */
        record Proposed(ScorecardDocument scorecard, Training training) implements Result {}

        record Refused(Problem problem) implements Result {}
    }

    Result train(Connection tx, Asked asked, String by, Instant now) throws SQLException {
        var champion = models.active(tx, now);
        if (models.find(tx, asked.version()).isPresent()) {
            return new Result.Refused(ModelProblems.VERSION_TAKEN);
        }
        var rounds = new ArrayList<ReplayRound>();
        for (var id : asked.rounds()) {
            var round = ReplayRound.ofAnyProgramme(tx, id);
            if (round.isEmpty()) {
                return new Result.Refused(
                        Problems.INVALID_FIELD.with("field", "rounds").with("round", id));
            }
            if (!round.get().hasOutcomes()) {
                return new Result.Refused(RoundProblems.WRONG_STATE
                        .with("state", round.get().state())
                        .with("round", id));
            }
            rounds.add(round.get());
        }
        rounds.sort(Comparator.comparing(ReplayRound::asOf).thenComparing(ReplayRound::id));
        return Steps.timed("model-train", () -> learn(tx, asked, champion, rounds, by, now));
    }

    private Result learn(
            Connection tx, Asked asked, ScorecardDocument champion, List<ReplayRound> rounds, String by, Instant now)
            throws SQLException {
        var features = new Features(champion);
        var examples = new Examples(features.count());
        for (var round : rounds) {
            read(tx, round, features, examples);
        }
        int positives = examples.positives();
        if (positives < FEWEST || examples.count() - positives < FEWEST) {
            return new Result.Refused(TOO_FEW.with("inNeed", positives)
                    .with("others", examples.count() - positives)
                    .with("fewestOfEach", FEWEST));
        }
        var fit = LogisticRegression.fit(examples, ScorePoints.withoutPoints(features), asked.regularisation());
        var points = new ScorePoints(features, examples, fit);
        if (points.most() == 0) {
            return new Result.Refused(NOTHING_LEARNED);
        }
        var newest = rounds.getLast();
        var placed = place(newest, features, points, champion);
        var scorecard = features.scorecard(
                asked.version(), placed.threshold(), placed.urgentThreshold(), placed.caregivingGap(), points::learned);
        var training = new Training(
                rounds.stream().map(ReplayRound::id).toList(),
                examples.count(),
                positives,
                asked.regularisation(),
                LogisticRegression.SEED,
                LogisticRegression.LIBRARY,
                ScorePoints.TO_DOUBLE_ODDS,
                Math.exp(fit.intercept()),
                champion.version(),
                newest.id(),
                placed.candidates(),
                placed.candidatesOfChampion());
        models.lock(tx);
        if (!models.propose(tx, scorecard, by, now)) {
            return new Result.Refused(ModelProblems.VERSION_TAKEN);
        }
        trainings.add(tx, asked.version(), training);
        return new Result.Proposed(scorecard, training);
    }

    private static void read(Connection tx, ReplayRound round, Features features, Examples examples)
            throws SQLException {
        var known = KnownOutcomes.of(tx, round.id(), round.asOf());
        var reader = features.reader(round.asOf(), round.lawful());
        round.flagged(child -> {
            var outcome = known.get(child.id());
            if (outcome != null && outcome.visited()) {
                examples.add(reader.features(child.facts()), outcome.need() || outcome.abuse());
            }
        });
    }

    private static Thresholds.Placed place(
            ReplayRound round, Features features, ScorePoints points, ScorecardDocument champion) throws SQLException {
        var unplaced = features.scorecard("unplaced", 1, 1, 1, points::learned);
        var lawful = round.lawful();
        var thresholds = new Thresholds(
                new Scorecard(unplaced, round.asOf(), lawful),
                new Scorecard(champion, round.asOf(), lawful),
                points.most());
        round.children(child -> thresholds.count(child.facts()));
        return thresholds.placed();
    }
}
