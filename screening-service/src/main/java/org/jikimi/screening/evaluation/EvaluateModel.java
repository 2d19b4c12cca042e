package org.jikimi.screening.evaluation;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jikimi.screening.evaluation.EvaluationView.Contribution;
import org.jikimi.screening.evaluation.EvaluationView.Group;
import org.jikimi.screening.evaluation.EvaluationView.Measures;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.model.Reason;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.outcome.KnownOutcome;
import org.jikimi.screening.outcome.KnownOutcomes;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.reference.Lawful;
import org.jikimi.screening.round.ReplayRound;
import org.jikimi.screening.round.ReplayRound.Child;
import org.jikimi.screening.round.ReplayRound.Flagged;
import org.jikimi.screening.round.ReplayRound.Way;
import org.jspecify.annotations.Nullable;

/** Evaluates a model on a past round. Reads the whole round once; keeps only children of whom something is known. */
final class EvaluateModel {
    private final ScorecardDocument model;
    private final ReplayRound round;
    private final Map<UUID, KnownOutcome> known;
    private final int fewest;

    private EvaluateModel(ScorecardDocument model, ReplayRound round, Map<UUID, KnownOutcome> known, int fewest) {
        this.model = model;
        this.round = round;
        this.known = known;
        this.fewest = fewest;
    }

    /** What a judgement of all children comes to in which some indicators may be left out. */
    private static final class Pass {
        private final Lawful lawful;
        private final boolean withGroups;
        private final PointsTally need = new PointsTally();
        private final PointsTally abuse = new PointsTally();
        private final Map<String, Map<String, GroupTally>> groups = new TreeMap<>();
        private final Set<UUID> flagged = new HashSet<>();
        private List<Flagged> list = List.of();
        private int children;
        private int reported;
        private int abused;

        Pass(Lawful lawful, boolean withGroups) {
            this.lawful = lawful;
            this.withGroups = withGroups;
        }
    }

    static EvaluationView evaluate(Connection tx, ScorecardDocument model, ReplayRound round) throws SQLException {
        return evaluate(tx, model, round, GroupTally.FEWEST);
    }

    /** @param fewest on how many children an area, or any figure of a group, must rest to be told */
    static EvaluationView evaluate(Connection tx, ScorecardDocument model, ReplayRound round, int fewest)
            throws SQLException {
        var known = KnownOutcomes.of(tx, round.id(), round.asOf());
        return new EvaluateModel(model, round, known, fewest).view();
    }

    private EvaluationView view() throws SQLException {
        var lawful = round.lawful();
        var all = new Pass(lawful, true);
        var withoutOwnWork = new Pass(less(lawful, SensitiveIndicators.OWN_WORK), false);
        var withoutSensitive = new Pass(less(lawful, SensitiveIndicators.ALL), false);
        judge(List.of(all, withoutOwnWork, withoutSensitive));
        return new EvaluationView(
                model.version(),
                round.modelVersion(),
                round.id(),
                round.asOf(),
                all.children,
                measures(all, all),
                measures(withoutOwnWork, all),
                measures(withoutSensitive, all),
                disparity(all),
                contributions(all, lawful));
    }

    private static Lawful less(Lawful lawful, long mask) {
        return new Lawful(lawful.mask() & ~mask);
    }

    private void judge(List<Pass> passes) throws SQLException {
        var ways = passes.stream()
                .map(pass -> new Way(pass.lawful, (child, score) -> count(pass, child, score)))
                .toList();
        var lists = round.judge(model, ways);
        for (int i = 0; i < lists.size(); i++) {
            var pass = passes.get(i);
            pass.list = lists.get(i);
            pass.list.forEach(child -> pass.flagged.add(child.childId()));
            if (pass.withGroups) {
                pass.list.forEach(child -> countFlagged(pass, child));
            }
        }
    }

    private void count(Pass pass, Child child, int score) {
        if (child.linked()) {
            return;
        }
        pass.children++;
        var outcome = known.get(child.id());
        boolean reported = outcome != null && outcome.reported();
        boolean abused = outcome != null && outcome.abuse();
        pass.abuse.add(score, abused);
        pass.reported += reported ? 1 : 0;
        pass.abused += abused ? 1 : 0;
        if (outcome != null && outcome.visited()) {
            pass.need.add(score, outcome.need());
        }
        if (pass.withGroups) {
            groupsOf(child.facts())
                    .forEach((by, value) -> group(pass, by, value).add(score, outcome));
        }
    }

    private void countFlagged(Pass pass, Flagged child) {
        var outcome = known.get(child.childId());
        groupsOf(child.facts()).forEach((by, value) -> group(pass, by, value).addFlagged(outcome));
    }

    private static GroupTally group(Pass pass, String by, String value) {
        return pass.groups.computeIfAbsent(by, b -> new TreeMap<>()).computeIfAbsent(value, v -> new GroupTally());
    }

    private Map<String, String> groupsOf(Facts facts) {
        var groups = new HashMap<String, String>();
        groups.put("district", facts.districtCode());
        groups.put("familyType", facts.familyType());
        groups.put("age", ageGroup(facts.birthDate(), round.asOf()));
        return groups;
    }

    /** In the bands of childhood that Korean statistics use: infants, before school, primary, middle and high school. */
    private static String ageGroup(@Nullable LocalDate born, LocalDate asOf) {
        if (born == null) {
            return "unknown";
        }
        int years = Period.between(born, asOf).getYears();
        return years < 3 ? "0-2" : years < 6 ? "3-5" : years < 12 ? "6-11" : years < 18 ? "12-17" : "18+";
    }

    private Measures measures(Pass pass, Pass all) {
        int visited = 0;
        int inNeed = 0;
        int reported = 0;
        int abused = 0;
        int kept = 0;
        for (var child : pass.list) {
            kept += all.flagged.contains(child.childId()) ? 1 : 0;
            var outcome = known.get(child.childId());
            if (outcome != null) {
                visited += outcome.visited() ? 1 : 0;
                inNeed += outcome.visited() && outcome.need() ? 1 : 0;
                reported += outcome.reported() ? 1 : 0;
                abused += outcome.abuse() ? 1 : 0;
            }
        }
        return new Measures(
                pass.list.size(),
                Share.of(kept, pass.list.size()),
                Share.of(inNeed, visited),
                Share.of(abused, pass.abused),
                Share.of(reported, pass.reported),
                pass.need.auc(fewest),
                pass.abuse.auc(fewest),
                pass.need.bands());
    }

    private List<Group> disparity(Pass all) {
        var groups = new ArrayList<Group>();
        all.groups.forEach(
                (by, values) -> values.forEach((value, tally) -> groups.add(tally.group(by, value, all.need, fewest))));
        return groups;
    }

    private List<Contribution> contributions(Pass all, Lawful lawful) {
        var whole = new Scorecard(model, round.asOf(), lawful);
        var contributions = new ArrayList<Contribution>();
        for (var kind : SensitiveIndicators.KINDS) {
            var without = new Scorecard(model, round.asOf(), less(lawful, kind.getValue()));
            int points = 0;
            int given = 0;
            int decisive = 0;
            for (var child : all.list) {
                points += child.score();
                given += given(whole.reasons(child.facts()), kind.getValue());
                decisive += without.score(child.facts()) < without.threshold() ? 1 : 0;
            }
            contributions.add(new Contribution(
                    kind.getKey(), Share.ofPoints(given, points), Share.of(decisive, all.list.size())));
        }
        return contributions;
    }

    private static int given(List<Reason> reasons, long mask) {
        return reasons.stream()
                .filter(reason -> Indicators.of(reason.code())
                        .filter(indicator -> (mask >>> indicator.bit() & 1) != 0)
                        .isPresent())
                .mapToInt(Reason::points)
                .sum();
    }
}
