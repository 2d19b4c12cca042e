package org.jikimi.screening.round;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.flag.Flag;
import org.jikimi.screening.flag.Flags;
import org.jikimi.screening.flag.Reasons;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.Scorecard;

/** Scores what a round froze, ranks, cuts, and flags. The same inputs give the same flags, byte for byte. */
@ApplicationScoped
public class ScreenRound {
    /** Kind of the due work that scores a screened round by its shadow, in a transaction of its own. */
    public static final String SHADOW = "round-shadow";

    private final Transactions transactions;
    private final FlagBulk bulk;
    private final DueWork due;
    private final Times times;
    private final Rounds rounds = new Rounds();
    private final Models models = new Models();
    private final Flags flags = new Flags();

    public ScreenRound(Transactions transactions, FlagBulk bulk, DueWork due, Times times) {
        this.transactions = transactions;
        this.bulk = bulk;
        this.due = due;
        this.times = times;
    }

    private record Result(List<Flag> flags, List<Linked> linked) {
        int selected() {
            return (int) flags.stream()
                    .filter(flag -> flag.state().equals(Flag.FLAGGED))
                    .count();
        }
    }

    /** Screens the round if that was ordered and is not done yet. */
    UUID carryOut(UUID roundId) throws SQLException {
        return transactions.run(tx -> {
            var round = rounds.find(tx, roundId).orElseThrow();
            if (round.work() == RoundWork.SCREENING) {
                screen(tx, round);
                orderShadow(tx, round);
            }
            return round.id();
        });
    }

    private void orderShadow(Connection tx, Round round) throws SQLException {
        if (new RoundInputs(tx, round.id()).shadow().isPresent()) {
            due.plan(tx, SHADOW, round.id().toString(), times.now());
        }
    }

    private void screen(Connection tx, Round round) throws SQLException {
        var at = round.screeningTime(times.now().truncatedTo(ChronoUnit.MICROS));
        var inputs = new RoundInputs(tx, round.id());
        var result = select(tx, round, inputs, at);
        if (round.moments().screened() != null) {
            requireSame(tx, round, result);
            save(tx, round.workDone());
            return;
        }
        flags.addAll(tx, result.flags());
        RoundLinked.addAll(tx, round.id(), result.linked());
        var selected = result.flags().stream()
                .filter(flag -> flag.state().equals(Flag.FLAGGED))
                .toList();
        var households = selected.stream().map(Flag::householdId).distinct().toList();
        bulk.publish(tx, selected, inputs.childrenOf(households));
        int waiting = result.flags().size() - selected.size();
        save(
                tx,
                round.screened(
                        Manifest.of(result.flags(), result.linked()),
                        result.linked().size(),
                        result.selected(),
                        waiting,
                        at));
    }

    private Result select(Connection tx, Round round, RoundInputs inputs, Instant at) throws SQLException {
        var model =
                models.find(tx, Objects.requireNonNull(round.modelVersion())).orElseThrow();
        var scorecard = new Scorecard(model.scorecard(), round.plan().asOf(), inputs.lawful());
        var judged = new Judged(round.plan(), scorecard);
        inputs.children(judged.needsSignals(), judged);
        var ranked = Cut.cut(judged.candidates(), DongCapacities.of(tx, round.id()));
        return new Result(
                ranked.stream().map(place -> flag(round, scorecard, place, at)).toList(), judged.linked());
    }

    private static Flag flag(Round round, Scorecard scorecard, Cut.Ranked place, Instant at) {
        var candidate = place.candidate();
        var name = "flag:" + round.id() + ":" + candidate.childId();
        return new Flag(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                1,
                place.selected() ? Flag.FLAGGED : Flag.BACKLOG,
                candidate.childId(),
                candidate.householdId(),
                candidate.facts().districtCode(),
                candidate.dongCode(),
                round.id(),
                round.plan().programme().name(),
                candidate.score(),
                Reasons.of(scorecard.reasons(candidate.facts())),
                place.rank(),
                false,
                scorecard.version(),
                round.plan().asOf(),
                at,
                null);
    }

    private static void requireSame(Connection tx, Round round, Result again) {
        var manifest = Manifest.of(again.flags(), again.linked());
        var kept = Manifest.of(RoundFlags.all(tx, round.id()), RoundLinked.all(tx, round.id()));
        if (!manifest.equals(kept) || !manifest.equals(Objects.requireNonNullElse(round.manifest(), manifest))) {
            throw new IllegalStateException("round " + round.id() + " came out otherwise when screened again");
        }
    }

    private void save(Connection tx, Round round) {
        if (!rounds.save(tx, round)) {
            throw new IllegalStateException("another change of the round came first");
        }
    }
}
