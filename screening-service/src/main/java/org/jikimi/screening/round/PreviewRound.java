package org.jikimi.screening.round;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.legal.LegalBases;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.round.capacity.DongCapacities;
import org.jikimi.screening.round.inputs.FreezeInputs;
import org.jikimi.screening.round.inputs.RoundInputs;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.round.selection.Candidate;
import org.jikimi.screening.round.selection.Cut;
import org.jikimi.screening.round.selection.Judge;
import org.jikimi.screening.round.selection.Linked;

/** Counts whom a planned round would select, before anything is frozen. */
@ApplicationScoped
public class PreviewRound {
    private final Times times;
    private final LegalBases bases;
    private final Models models = new Models();

    public PreviewRound(Times times, LegalBases bases) {
        this.times = times;
        this.bases = bases;
    }

    /** Judges every child as it stands now; in a transaction that has read nothing yet. */
    PreviewView preview(Connection tx, Round round) throws SQLException {
        var today = times.today();
        var model = models.active(tx, times.now());
        var scorecard = new Scorecard(model, round.plan().asOf(), bases.inForce(tx, today));
        var candidates = new ArrayList<Candidate>();
        var linked = new ArrayList<Linked>();
        var judge = new Judge(round.plan(), scorecard, candidates::add, linked::add);
        var inputs = FreezeInputs.inputs(round.plan().asOf(), today);
        RoundInputs.read(
                tx, judge.needsSignals() ? "SELECT * FROM (%s) AS i WHERE mask <> 0".formatted(inputs) : inputs, judge);
        return PreviewView.of(round.id(), model.version(), Cut.cut(candidates, DongCapacities.now(tx)), linked);
    }
}
