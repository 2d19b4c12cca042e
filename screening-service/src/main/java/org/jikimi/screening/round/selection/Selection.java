package org.jikimi.screening.round.selection;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.reference.Indicator;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.round.model.Composition;
import org.jikimi.screening.round.model.Round;
import org.jspecify.annotations.Nullable;

/** Whom a programme selects, before the cut. */
final class Selection {
    private static final int GROWN_UP_YEARS = 18;
    private static final int SURVEY_AGE_YEARS = 3;
    private static final int REPEATED = 2;
    private static final Set<String> LOOKED_AFTER_OUTSIDE = Set.of("DAYCARE", "KINDERGARTEN");

    private final Programme programme;
    private final Scorecard scorecard;
    private final LocalDate asOf;
    private final Composition chosen;
    private final List<Integer> chosenBits;

    Selection(Round.Plan plan, Scorecard scorecard) {
        this.programme = plan.programme();
        this.scorecard = scorecard;
        this.asOf = plan.asOf();
        this.chosen = Objects.requireNonNullElse(plan.composition(), Composition.USUAL);
        var indicators = chosen.indicators();
        this.chosenBits = indicators == null
                ? List.of()
                : indicators.stream()
                        .map(code -> Indicators.of(String.valueOf(code))
                                .map(Indicator::bit)
                                .orElseThrow())
                        .toList();
    }

    /** Whether no child is selected of whom nothing was observed, so that those need not be read: most of a city. */
    boolean needsSignals() {
        return programme == Programme.QUARTERLY_SCREENING && scorecard.mostWithoutIndicators() < scorecard.threshold();
    }

    boolean selects(RoundChild child, int score) {
        var born = child.facts().birthDate();
        if (born != null && (born.isAfter(asOf) || !born.isAfter(asOf.minusYears(GROWN_UP_YEARS)))) {
            return false;
        }
        return switch (programme) {
            case QUARTERLY_SCREENING -> score >= scorecard.threshold();
            case AGE_THREE_SURVEY -> mayTurnThree(born) && !LOOKED_AFTER_OUTSIDE.contains(child.care());
            case JOINT_INSPECTION -> child.reports() >= REPEATED || child.refused();
            case TEMPORARY_NUMBER_SURVEY -> "TNN".equals(child.scheme()) || "TMN".equals(child.scheme());
            case UNDER_TWO_INVESTIGATION -> born != null && isChosen(child.facts(), born);
        };
    }

    /** Of the birth year that turns three; a child of whom nobody knows it cannot be left out of a full survey. */
    private boolean mayTurnThree(@Nullable LocalDate born) {
        return born == null || born.getYear() == asOf.getYear() - SURVEY_AGE_YEARS;
    }

    private boolean isChosen(Facts facts, LocalDate born) {
        var months = chosen.underMonths();
        var points = chosen.caregivingPoints();
        return born.isAfter(asOf.minusMonths(months == null ? Composition.USUAL_MONTHS : months))
                && isOneOf(chosen.familyTypes(), facts.familyType())
                && isOneOf(chosen.districts(), facts.districtCode())
                && scorecard.caregivingPoints(facts) >= (points == null ? scorecard.caregivingGap() : points)
                && (chosenBits.isEmpty() || chosenBits.stream().anyMatch(bit -> scorecard.counts(facts, bit)));
    }

    private static boolean isOneOf(@Nullable List<@Nullable String> codes, String code) {
        return codes == null || codes.contains(code);
    }
}
