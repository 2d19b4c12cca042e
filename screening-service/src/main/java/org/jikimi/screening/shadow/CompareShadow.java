package org.jikimi.screening.shadow;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jikimi.screening.evaluation.Share;
import org.jikimi.screening.outcome.KnownOutcome;
import org.jikimi.screening.outcome.KnownOutcomes;
import org.jikimi.screening.round.ReplayRound;
import org.jikimi.screening.shadow.ShadowFlags.Flagged;
import org.jikimi.screening.shadow.ShadowView.District;
import org.jikimi.screening.shadow.ShadowView.Overlap;
import org.jikimi.screening.shadow.ShadowView.Quality;

/** Holds whom the champion and the shadow flagged against each other, and against what became known. */
final class CompareShadow {
    private final Map<UUID, KnownOutcome> known;
    private final Map<String, Overlap> districts = new TreeMap<>();
    private final Tally champion = new Tally();
    private final Tally shadow = new Tally();
    private Overlap all = Overlap.NONE;

    private CompareShadow(Map<UUID, KnownOutcome> known) {
        this.known = known;
    }

    /** What became of the children whom one of the two flagged. */
    private static final class Tally {
        private int visited;
        private int inNeed;
        private int reported;
        private int abused;

        void add(KnownOutcome outcome) {
            visited += outcome.visited() ? 1 : 0;
            inNeed += outcome.visited() && outcome.need() ? 1 : 0;
            reported += outcome.reported() ? 1 : 0;
            abused += outcome.abuse() ? 1 : 0;
        }
    }

    /** Compares, for a round whose shadow was screened. */
    static ShadowView compare(Connection tx, ReplayRound round) throws SQLException {
        var comparison = new CompareShadow(KnownOutcomes.of(tx, round.id(), round.asOf()));
        ShadowFlags.both(tx, round.id(), comparison::count);
        int reported = comparison.couldBeFlagged(round, KnownOutcome::reported);
        int abused = comparison.couldBeFlagged(round, KnownOutcome::abuse);
        return new ShadowView(
                round.id(),
                round.modelVersion(),
                round.shadowVersion().orElseThrow(),
                comparison.all,
                ShadowFlags.backlog(tx, round.id()),
                comparison.districts.entrySet().stream()
                        .map(district -> new District(district.getKey(), district.getValue()))
                        .toList(),
                quality(comparison.champion, reported, abused),
                quality(comparison.shadow, reported, abused));
    }

    private void count(Flagged child) {
        all = all.and(child.byChampion(), child.byShadow());
        districts.merge(
                child.districtCode(),
                Overlap.NONE.and(child.byChampion(), child.byShadow()),
                (before, one) -> before.and(child.byChampion(), child.byShadow()));
        var outcome = known.get(child.childId());
        if (outcome != null && child.byChampion()) {
            champion.add(outcome);
        }
        if (outcome != null && child.byShadow()) {
            shadow.add(outcome);
        }
    }

    private int couldBeFlagged(ReplayRound round, Predicate<KnownOutcome> which) throws SQLException {
        Set<UUID> children = known.entrySet().stream()
                .filter(child -> which.test(child.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return children.isEmpty() ? 0 : round.couldFlag(children).size();
    }

    private static Quality quality(Tally tally, int reported, int abused) {
        return new Quality(
                Share.of(tally.inNeed, tally.visited),
                Share.of(tally.reported, reported),
                Share.of(tally.abused, abused));
    }
}
