package org.jikimi.screening.round.screening;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.flag.Flag;
import org.jikimi.screening.flag.Flags;
import org.jikimi.screening.flag.Reasons;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.round.capacity.AdvanceBacklog;
import org.jikimi.screening.round.capacity.DongCapacities;
import org.jikimi.screening.round.inputs.RoundInputs;
import org.jikimi.screening.round.inputs.RoundRanges;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.round.model.RoundWork;
import org.jikimi.screening.round.model.Rounds;
import org.jikimi.screening.round.selection.Candidate;
import org.jikimi.screening.round.selection.Cut;
import org.jikimi.screening.round.selection.Linked;

/**
 * Has what a round froze judged range by range, wherever in the service there is room, then ranks, cuts, and flags in one
 * transaction. The same inputs give the same flags, byte for byte, whoever judged which range and however often.
 */
@ApplicationScoped
public class ScreenRound {
    /** Kind of the due work that scores a screened round by its shadow, in a transaction of its own. */
    public static final String SHADOW = "round-shadow";

    private static final Logger LOG = Logger.getLogger(ScreenRound.class);
    /** After so long a range that nobody has taken up is judged here: its replica may have died, or Kafka be away. */
    private static final Duration LEFT_LYING = Duration.ofSeconds(3);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final long pages;
    private final int candidatesAtOnce;
    private final JudgeRange judge;
    private final FlagBulk bulk;
    private final DueWork due;
    private final Times times;
    private final Rounds rounds = new Rounds();
    private final Models models = new Models();
    private final Flags flags = new Flags();

    /**
     * A screening of any round.
     *
     * @param pages of a range: of 8 KB each, with some fifty children
     * @param candidatesAtOnce children that are cut and flagged together, as whole dongs; what of a round is in memory
     */
    public ScreenRound(
            Transactions transactions,
            JudgeRange judge,
            FlagBulk bulk,
            DueWork due,
            Times times,
            @ConfigProperty(name = "jikimi.screening.range-pages") long pages,
            @ConfigProperty(name = "jikimi.screening.candidates-at-once") int candidatesAtOnce) {
        this.pages = pages;
        this.candidatesAtOnce = candidatesAtOnce;
        this.transactions = transactions;
        this.judge = judge;
        this.bulk = bulk;
        this.due = due;
        this.times = times;
    }

    /**
     * Goes on with the round if its screening was ordered and is not done yet.
     *
     * @return when to look again whether ranges have been left lying; empty if nothing is open
     */
    public Optional<Instant> carryOut(UUID roundId) throws SQLException {
        return transactions.run(tx -> {
            var round = rounds.find(tx, roundId).orElseThrow();
            return round.work() == RoundWork.SCREENING ? goOn(tx, round, times.now()) : Optional.empty();
        });
    }

    private Optional<Instant> goOn(Connection tx, Round round, Instant now) throws SQLException {
        var progress = RoundRanges.progress(tx, round.id());
        if (progress.ranges() == 0) {
            divide(tx, round, false, now);
        } else if (progress.undone() > 0) {
            var left = RoundRanges.leftLying(tx, round.id(), now.minus(LEFT_LYING));
            if (left.isPresent() && judge.judge(tx, round.id(), left.get())) {
                return Optional.of(now); // there may be more of them
            }
        } else if (progress.children() != round.figures().children()) {
            divideAgain(tx, round, progress, now);
        } else {
            screen(tx, round);
            RoundRanges.forget(tx, round.id());
            orderShadow(tx, round);
            return Optional.empty();
        }
        return Optional.of(now.plus(LOOK_AGAIN));
    }

    private void divide(Connection tx, Round round, boolean whole, Instant now) throws SQLException {
        var ranges = RoundRanges.divide(tx, round.id(), whole, pages, now);
        judge.tell(
                tx, round.id(), ranges.stream().map(RoundRanges.Range::number).toList());
    }

    private void divideAgain(Connection tx, Round round, RoundRanges.Progress progress, Instant now)
            throws SQLException {
        var found = "The ranges of round %s held %d of its %d children"
                .formatted(round.id(), progress.children(), round.figures().children());
        if (progress.whole()) {
            throw new IllegalStateException(found + ", and they were all of the table");
        }
        LOG.errorf("%s: all of the table is read", found);
        RoundRanges.forget(tx, round.id());
        divide(tx, round, true, now);
    }

    private void orderShadow(Connection tx, Round round) throws SQLException {
        if (new RoundInputs(tx, round.id()).shadow().isPresent()) {
            due.plan(tx, SHADOW, round.id().toString(), times.now());
        }
    }

    private void screen(Connection tx, Round round) throws SQLException {
        var model =
                models.find(tx, Objects.requireNonNull(round.modelVersion())).orElseThrow();
        var inputs = new RoundInputs(tx, round.id());
        var scorecard = new Scorecard(model.scorecard(), round.plan().asOf(), inputs.lawful());
        var at = round.screeningTime(times.now().truncatedTo(ChronoUnit.MICROS));
        if (round.moments().screened() != null) {
            var again = new SameAgain(tx, round);
            eachPage(tx, round, scorecard, at, again::require);
            again.requireAll();
            save(tx, round.workDone());
            return;
        }
        var count = new Count();
        eachPage(tx, round, scorecard, at, page -> {
            keep(tx, round, inputs, page);
            count.add(page);
        });
        save(
                tx,
                round.screened(
                        Manifest.of(tx, round.id()), count.linked, count.selected, count.flags - count.selected, at));
        due.plan(tx, AdvanceBacklog.KIND, round.id().toString(), at); // dongs may be able to visit more than was frozen
    }

    @FunctionalInterface
    private interface PageWork {
        void with(ScreenedPage page) throws SQLException;
    }

    private static final class Count {
        int flags;
        int selected;
        int linked;

        void add(ScreenedPage page) {
            flags += page.flags().size();
            selected += page.selected().size();
            linked += page.linked().size();
        }
    }

    private void eachPage(Connection tx, Round round, Scorecard scorecard, Instant at, PageWork work)
            throws SQLException {
        var capacities = DongCapacities.of(tx, round.id());
        for (var page : DongPages.of(tx, round.id(), candidatesAtOnce)) {
            var candidates = new ArrayList<Candidate>();
            var linked = new ArrayList<Linked>();
            RoundCandidates.read(tx, round.id(), page, candidates::add, linked::add);
            var flags = Cut.cut(candidates, capacities).stream()
                    .map(place -> flag(round, scorecard, place, at))
                    .toList();
            work.with(new ScreenedPage(flags, linked));
        }
    }

    private void keep(Connection tx, Round round, RoundInputs inputs, ScreenedPage page) throws SQLException {
        flags.addAll(tx, page.flags());
        RoundLinked.addAll(tx, round.id(), page.linked());
        bulk.publish(tx, page.selected(), inputs.childrenOf(page.households()));
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

    private void save(Connection tx, Round round) {
        if (!rounds.save(tx, round)) {
            throw new IllegalStateException("another change of the round came first");
        }
    }
}
