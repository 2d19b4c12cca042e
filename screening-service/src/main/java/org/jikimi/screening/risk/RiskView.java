package org.jikimi.screening.risk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.screening.flag.FlagView;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.model.Reason;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.reference.Indicators;
import org.jspecify.annotations.Nullable;

/**
 * A child's points, explained.
 *
 * @param reasons what gave points, most first
 * @param threshold points from which the quarterly screening considers a child
 * @param urgentThreshold points from which a child is flagged at once
 * @param candidate whether the points reach the threshold
 * @param percentile of 100 children of the district, how many have fewer points: 0 to 100, one decimal; counted up to
 *     fifteen minutes ago
 * @param without what the points would be without each reason
 * @param history the days of the last year on which the points changed, by today's model, newest first
 * @param flags newest first
 */
public record RiskView(
        UUID childId,
        int score,
        List<ReasonView> reasons,
        int threshold,
        int urgentThreshold,
        boolean candidate,
        Percentile percentile,
        List<Counterfactual> without,
        List<ScoreHistory.Change> history,
        String modelVersion,
        LocalDate asOf,
        List<FlagView> flags) {
    public RiskView {
        reasons = List.copyOf(reasons);
        without = List.copyOf(without);
        history = List.copyOf(history);
        flags = List.copyOf(flags);
    }

    /**
     * A reason.
     *
     * @param observedOn day of the latest observation; null for family type, region and age
     * @param countsUntil last day on which that observation counts, unless it is cleared or seen again
     */
    public record ReasonView(
            String code,
            int points,
            String nameEn,
            String nameKo,
            @Nullable LocalDate observedOn,
            @Nullable LocalDate countsUntil) {
        /**
         * A reason explained.
         *
         * @param facts what the points were given for; null if that was not kept, and then the days are not told
         */
        public static ReasonView of(Scorecard scorecard, @Nullable Facts facts, Reason reason) {
            var names = ReasonNames.of(reason.code());
            var indicator =
                    Indicators.of(reason.code()).filter(of -> facts != null && (facts.mask() >>> of.bit() & 1) != 0);
            var observed = indicator.map(of -> scorecard.observedOn(Objects.requireNonNull(facts), of.bit()));
            return new ReasonView(
                    reason.code(),
                    reason.points(),
                    names.en(),
                    names.ko(),
                    observed.orElse(null),
                    indicator
                            .flatMap(of -> observed.map(day -> day.plusDays(of.validityDays() - 1L)))
                            .orElse(null));
        }
    }

    /**
     * Where the child stands in its district.
     *
     * @param ofChildren children of the district who were counted
     * @param countedAt when
     */
    public record Percentile(double value, int ofChildren, Instant countedAt) {}
}
