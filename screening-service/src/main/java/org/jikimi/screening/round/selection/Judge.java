package org.jikimi.screening.round.selection;

import java.util.function.Consumer;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.reference.Nobody;
import org.jikimi.screening.round.model.Round;

/** Judges children one by one, and tells of those whom the programme selects. Of who was erased nothing can be judged. */
public final class Judge implements Consumer<RoundChild> {
    private final Round.Plan plan;
    private final Scorecard scorecard;
    private final Selection selection;
    private final Consumer<Candidate> candidates;
    private final Consumer<Linked> linked;

    /**
     * A judge of a round's children.
     *
     * @param candidates told of those who are selected
     * @param linked told of those who would be, if nobody worked for them already
     */
    public Judge(Round.Plan plan, Scorecard scorecard, Consumer<Candidate> candidates, Consumer<Linked> linked) {
        this.plan = plan;
        this.scorecard = scorecard;
        this.selection = new Selection(plan, scorecard);
        this.candidates = candidates;
        this.linked = linked;
    }

    /** Whether nobody is selected of whom nothing was observed. */
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
            candidates.accept(
                    new Candidate(child.childId(), child.householdId(), child.dongCode(), child.facts(), score));
        } else {
            linked.accept(new Linked(
                    child.childId(),
                    child.householdId(),
                    child.facts().districtCode(),
                    child.dongCode(),
                    score,
                    work.kind(),
                    work.ref()));
        }
    }
}
