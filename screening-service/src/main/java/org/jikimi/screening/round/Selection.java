package org.jikimi.screening.round;

import java.time.LocalDate;
import java.util.Set;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.reference.Programme;

/** Whom a programme selects, before the cut. */
final class Selection {
    private static final int GROWN_UP_YEARS = 18;
    private static final int SURVEY_AGE_YEARS = 3;
    private static final int YOUNG_YEARS = 2;
    private static final int REPEATED = 2;
    private static final Set<String> CARED_FOR_OUTSIDE = Set.of("DAYCARE", "KINDERGARTEN", "SCHOOL");

    private final Programme programme;
    private final Scorecard scorecard;
    private final LocalDate asOf;

    Selection(Programme programme, Scorecard scorecard, LocalDate asOf) {
        this.programme = programme;
        this.scorecard = scorecard;
        this.asOf = asOf;
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
            case AGE_THREE_SURVEY ->
                born != null
                        && born.getYear() == asOf.getYear() - SURVEY_AGE_YEARS
                        && !CARED_FOR_OUTSIDE.contains(child.care());
            case JOINT_INSPECTION -> child.reports() >= REPEATED || child.refused();
            case TEMPORARY_NUMBER_SURVEY -> "TNN".equals(child.scheme()) || "TMN".equals(child.scheme());
            case UNDER_TWO_INVESTIGATION ->
                born != null && born.isAfter(asOf.minusYears(YOUNG_YEARS)) && scorecard.hasCaregivingGap(child.facts());
        };
    }
}
