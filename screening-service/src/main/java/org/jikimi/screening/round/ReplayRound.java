package org.jikimi.screening.round;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jikimi.runtime.db.Sql;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.reference.Lawful;
import org.jikimi.screening.reference.Nobody;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.round.capacity.DongCapacities;
import org.jikimi.screening.round.inputs.RoundInputs;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.round.model.RoundState;
import org.jikimi.screening.round.model.Rounds;
import org.jikimi.screening.round.screening.ScreenRound;
import org.jikimi.screening.round.selection.Candidate;
import org.jikimi.screening.round.selection.RoundChild;

/**
 * Judges again, by any model, what a round froze: whom that model would have flagged. Nothing is changed. Children who were
 * erased since are left out, for nothing is known of them that could be judged.
 */
public final class ReplayRound {
    /** Kind of the due work that is planned when a round that has a shadow was screened; its subject is the round. */
    public static final String SHADOW_DUE = ScreenRound.SHADOW;

    private final Connection tx;
    private final Round round;
    private final RoundInputs inputs;

    private ReplayRound(Connection tx, Round round) {
        this.tx = tx;
        this.round = round;
        this.inputs = new RoundInputs(tx, round.id());
    }

    /**
     * A child as it was frozen.
     *
     * @param linked whether somebody worked for it already, so that it could not be flagged
     */
    public record Child(UUID id, Facts facts, boolean linked) {}

    /** A child whom the model would have flagged. */
    public record Flagged(UUID childId, String dongCode, Facts facts, int score) {}

    /**
     * A way of judging.
     *
     * @param lawful the indicators that are to count
     * @param each told of every child with its points, flagged or not
     * @param flagged told, after that, of whom the model would have flagged within what each dong could visit, in any order
     */
    public record Way(Lawful lawful, ObjIntConsumer<Child> each, Consumer<Flagged> flagged) {}

    /**
     * What a screening by the model would have come to.
     *
     * @param flagged children whom it would have flagged
     * @param backlog candidates whose dong can visit no more
     */
    public record Screened(int flagged, int backlog) {}

    /** A quarterly round that has been screened; the newest if none is named. Empty if there is none. */
    public static Optional<ReplayRound> find(Connection tx, Optional<UUID> id) {
        var named = id.or(() -> Sql.on(tx)
                .createQuery("SELECT id FROM round WHERE programme = 'QUARTERLY_SCREENING' AND screened_at IS NOT NULL "
                        + "ORDER BY as_of DESC, screened_at DESC LIMIT 1")
                .map((row, c) -> row.getObject(1, UUID.class))
                .findOne());
        return named.flatMap(round -> ofAnyProgramme(tx, round))
                .filter(replay -> replay.round.plan().programme() == Programme.QUARTERLY_SCREENING)
                .filter(ReplayRound::isScreened);
    }

    /** A round of any programme, screened or not. Empty if there is none of that id. */
    public static Optional<ReplayRound> ofAnyProgramme(Connection tx, UUID id) {
        return new Rounds().find(tx, id).map(round -> new ReplayRound(tx, round));
    }

    public UUID id() {
        return round.id();
    }

    /** {@code PLANNED}, {@code OPENED}, {@code SCREENED}, {@code TRACKING} or {@code CLOSED}. */
    public String state() {
        return round.state().name();
    }

    public boolean isScreened() {
        return round.moments().screened() != null;
    }

    /** Whether visits of it have begun, so that something may be known of its children. */
    public boolean hasOutcomes() {
        return isScreened() && round.state() != RoundState.SCREENED;
    }

    /** The model that it used. */
    public String modelVersion() {
        return String.valueOf(round.modelVersion());
    }

    /** The model that it froze as a shadow beside its own; empty if there was none. */
    public Optional<String> shadowVersion() {
        return inputs.shadow();
    }

    public LocalDate asOf() {
        return round.plan().asOf();
    }

    /** The indicators that counted in the round. */
    public Lawful lawful() {
        return inputs.lawful();
    }

    /** Every child that it froze. */
    public void children(Consumer<Child> each) throws SQLException {
        inputs.children(false, known(child -> each.accept(child(child))));
    }

    /** The children that it flagged, in the order of their ids; those of its backlog too. */
    public void flagged(Consumer<Child> each) throws SQLException {
        inputs.flagged(known(child -> each.accept(child(child))));
    }

    /** Those of the children whom it could have flagged: it froze them, and nobody's work spared them. */
    public Set<UUID> couldFlag(Collection<UUID> children) throws SQLException {
        return inputs.among(children, !round.plan().programme().sparesOpenWork());
    }

    /** Judges every child in each of some ways, and reads the round once for all of them; tells of one way after the other. */
    public void judge(ScorecardDocument model, List<Way> ways) throws SQLException {
        var capacities = DongCapacities.of(tx, round.id());
        var judgements = ways.stream()
                .map(way -> {
                    var scorecard = new Scorecard(model, asOf(), way.lawful());
                    return new Judgement(way, scorecard, new CutAgain(inputs, round.plan(), scorecard, capacities));
                })
                .toList();
        inputs.children(false, known(child -> judgements.forEach(judgement -> judgement.accept(child))));
        for (var judgement : judgements) {
            judgement.cut().selected(candidate -> judgement.way().flagged().accept(flagged(candidate)));
        }
    }

    private record Judgement(Way way, Scorecard scorecard, CutAgain cut) {
        void accept(RoundChild child) {
            cut.accept(child);
            way.each().accept(child(child), scorecard.score(child.facts()));
        }
    }

    /**
     * Screens it by the model, as it was screened by its own: reads only the children who may be selected, and those twice.
     *
     * @param flagged told of whom it would have flagged, with the place in the dong, from 1
     */
    public Screened screen(ScorecardDocument model, ObjIntConsumer<Flagged> flagged) throws SQLException {
        var scorecard = new Scorecard(model, asOf(), lawful());
        var cut = new CutAgain(inputs, round.plan(), scorecard, DongCapacities.of(tx, round.id()));
        inputs.children(cut.needsSignals(), cut);
        return cut.places((candidate, place) -> flagged.accept(flagged(candidate), place));
    }

    private static Flagged flagged(Candidate candidate) {
        return new Flagged(candidate.childId(), candidate.dongCode(), candidate.facts(), candidate.score());
    }

    private static Consumer<RoundChild> known(Consumer<RoundChild> each) {
        return child -> {
            if (!Nobody.is(child.childId())) {
                each.accept(child);
            }
        };
    }

    private static Child child(RoundChild child) {
        return new Child(child.childId(), child.facts(), child.work() != null);
    }
}
