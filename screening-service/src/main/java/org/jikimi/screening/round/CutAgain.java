package org.jikimi.screening.round;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.round.ReplayRound.Screened;
import org.jikimi.screening.round.inputs.RoundInputs;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.round.selection.Candidate;
import org.jikimi.screening.round.selection.Judge;
import org.jikimi.screening.round.selection.Places;
import org.jikimi.screening.round.selection.RoundChild;
import org.jikimi.screening.round.selection.Shortlist;

/**
 * Cuts whom a scorecard selects of a round, as the round itself was cut. However many it selects, only whom the dongs can
 * visit is in memory: a model that nobody has tried yet may select a whole city.
 */
final class CutAgain implements Consumer<RoundChild> {
    /** Households that are asked for together. */
    private static final int AT_ONCE = 10_000;

    private final RoundInputs inputs;
    private final Round.Plan plan;
    private final Scorecard scorecard;
    private final Shortlist shortlist;
    private final Judge judge;

    CutAgain(RoundInputs inputs, Round.Plan plan, Scorecard scorecard, Map<String, Integer> visitsPerRound) {
        this.inputs = inputs;
        this.plan = plan;
        this.scorecard = scorecard;
        this.shortlist = new Shortlist(visitsPerRound);
        this.judge = judging(shortlist::consider);
    }

    private Judge judging(Consumer<Candidate> candidates) {
        return new Judge(plan, scorecard, candidates, linked -> {});
    }

    boolean needsSignals() {
        return judge.needsSignals();
    }

    /** Takes a child of the round into account. */
    @Override
    public void accept(RoundChild child) {
        judge.accept(child);
    }

    /** Tells, when all were taken into account, of whom the dongs can visit, in any order. */
    void selected(Consumer<Candidate> each) throws SQLException {
        var visited = judging(candidate -> {
            if (shortlist.selects(candidate)) {
                each.accept(candidate);
            }
        });
        var households = List.copyOf(shortlist.households());
        for (int from = 0; from < households.size(); from += AT_ONCE) {
            inputs.children(households.subList(from, Math.min(from + AT_ONCE, households.size())), visited);
        }
    }

    /** Tells, when all were taken into account, of whom the dongs can visit, each with its place in its dong; reads the round once more. */
    Screened places(ObjIntConsumer<Candidate> each) throws SQLException {
        var selected = new ArrayList<Candidate>();
        selected(selected::add);
        var places = new Places(selected);
        inputs.children(needsSignals(), judging(places::count));
        places.tell(each);
        return new Screened(selected.size(), shortlist.candidates() - selected.size());
    }
}
