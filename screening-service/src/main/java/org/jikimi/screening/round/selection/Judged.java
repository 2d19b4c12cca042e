package org.jikimi.screening.round.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.reference.Nobody;
import org.jikimi.screening.round.model.Round;

/** Judges children one by one, and keeps those whom the programme selects. Of who was erased nothing can be judged. */
public final class Judged implements Consumer<RoundChild> {
    private final Round.Plan plan;
    private final Scorecard scorecard;
    private final Selection selection;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Linked> linked = new ArrayList<>();

    public Judged(Round.Plan plan, Scorecard scorecard) {
        this.plan = plan;
        this.scorecard = scorecard;
        this.selection = new Selection(plan, scorecard);
    }

    public boolean needsSignals() {
        return selection.needsSignals();
    }

    @Override
    public void accept(RoundChild child) {
        if (Nobody.is(child.childId())) {
            return;
        }
        int score = scorecard.score(child.facts());
        if (!selection.selects(child, score)) {
            return;
        }
        var work = child.work();
        if (work == null || !plan.programme().sparesOpenWork()) {
            candidates.add(new Candidate(child.childId(), child.householdId(), child.dongCode(), child.facts(), score));
        } else {
            linked.add(new Linked(
                    child.childId(),
                    child.householdId(),
                    child.facts().districtCode(),
                    child.dongCode(),
                    score,
                    work.kind(),
                    work.ref()));
        }
    }

    public List<Candidate> candidates() {
        return candidates;
    }

    public List<Linked> linked() {
        return linked;
    }
}
