package org.jikimi.screening.round;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ObjIntConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.reference.Lawful;
import org.jikimi.screening.reference.Programme;

/** Judges again, by any model, what a quarterly round froze: whom that model would have flagged. Nothing is changed. */
public final class ReplayRound {
    private final Connection tx;
    private final Round round;

    private ReplayRound(Connection tx, Round round) {
        this.tx = tx;
        this.round = round;
    }

    /**
     * A child as it was frozen.
     *
     * @param linked whether somebody worked for it already, so that it could not be flagged
     */
    public record Child(UUID id, Facts facts, boolean linked) {}

    /** A child whom the model would have flagged. */
    public record Flagged(UUID childId, Facts facts, int score) {}

    /** A quarterly round that has been screened; the newest if none is named. Empty if there is none. */
    public static Optional<ReplayRound> find(Connection tx, Optional<UUID> id) {
        var rounds = new Rounds();
        var named = id.or(() -> Jdbi.open(tx)
                .createQuery("SELECT id FROM round WHERE programme = 'QUARTERLY_SCREENING' AND screened_at IS NOT NULL "
                        + "ORDER BY as_of DESC, screened_at DESC LIMIT 1")
                .map((row, c) -> row.getObject(1, UUID.class))
                .findOne());
        return named.flatMap(round -> rounds.find(tx, round))
                .filter(round -> round.plan().programme() == Programme.QUARTERLY_SCREENING)
                .filter(round -> round.moments().screened() != null)
                .map(round -> new ReplayRound(tx, round));
    }

    public UUID id() {
        return round.id();
    }

    /** The model that it used. */
    public String modelVersion() {
        return String.valueOf(round.modelVersion());
    }

    public LocalDate asOf() {
        return round.plan().asOf();
    }

    /** The indicators that counted in the round. */
    public Lawful lawful() {
        return new RoundInputs(tx, round.id()).lawful();
    }

    /**
     * Judges every child.
     *
     * @param lawful the indicators that are to count
     * @param each told of every child with its points, flagged or not
     * @return whom the model would have flagged, within what each dong could visit
     */
    public List<Flagged> judge(ScorecardDocument model, Lawful lawful, ObjIntConsumer<Child> each) throws SQLException {
        var scorecard = new Scorecard(model, round.plan().asOf(), lawful);
        var judged = new Judged(round.plan(), scorecard);
        new RoundInputs(tx, round.id()).children(false, child -> {
            judged.accept(child);
            each.accept(
                    new Child(child.childId(), child.facts(), child.work() != null), scorecard.score(child.facts()));
        });
        return Cut.cut(judged.candidates(), DongCapacities.of(tx, round.id())).stream()
                .filter(Cut.Ranked::selected)
                .map(Cut.Ranked::candidate)
                .map(child -> new Flagged(child.childId(), child.facts(), child.score()))
                .toList();
    }
}
