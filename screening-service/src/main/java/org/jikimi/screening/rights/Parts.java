package org.jikimi.screening.rights;

import java.util.Set;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.reference.Indicator;
import org.jikimi.screening.reference.Indicators;

/** To which part of an answer a thing belongs. */
final class Parts {
    /** They speak of abuse, or of our own work on it, by their name alone. */
    private static final Set<String> OF_CONCERN = Set.of(
            "SUSPECTED_ABUSE_MEDICAL_RECORD",
            "TEACHER_FLAGGED_CRISIS",
            "PRIOR_ABUSE",
            "JUSTICE_ABUSE_INFORMATION",
            "REPEATED_VISIT_REFUSAL",
            "DOMESTIC_VIOLENCE_DISPATCH");

    /** They tell of one adult of the household, or of another member. */
    private static final Set<String> OF_OTHERS = Set.of(
            "CAREGIVER_SUICIDE_ATTEMPT",
            "CAREGIVER_ALCOHOL",
            "CAREGIVER_DEBT",
            "CAREGIVER_INCARCERATION",
            "YOUNG_CAREGIVER",
            "NON_KIN_ADULT",
            "FAMILY_DISABILITY",
            "LOAN_ARREARS",
            "CARD_ARREARS",
            "PENSION_LOAN_USER");

    /** They tell who cared for the child. */
    private static final Set<String> OF_CARE = Set.of("CHILD_FACILITY_DISCHARGE");

    /** Kinds of sources whose people the law makes report abuse (아동학대처벌법 Art. 10(2)), or who act on reports. */
    private static final Set<String> OF_CARERS = Set.of(
            "clinic",
            "education-office",
            "childcare",
            "child-protection",
            "justice",
            "police",
            "emergency-service",
            "case-service");

    private Parts() {}

    static Part of(Indicator indicator) {
        if (OF_CONCERN.contains(indicator.code())) {
            return Part.SIGNALS_OF_CONCERN;
        }
        if (OF_OTHERS.contains(indicator.code())) {
            return Part.SIGNALS_OF_OTHERS;
        }
        if (OF_CARE.contains(indicator.code())) {
            return Part.CIRCUMSTANCES;
        }
        if (OF_CARERS.contains(indicator.sourceKind())) {
            return Part.SIGNALS_OF_CARERS;
        }
        return indicator.ofHousehold() ? Part.SIGNALS_OF_HOUSEHOLD : Part.SIGNALS;
    }

    /** Of a field of the registry. */
    static Part ofField(String field) {
        return switch (field) {
            case "address" -> Part.WHEREABOUTS;
            case "familyType", "care" -> Part.CIRCUMSTANCES;
            default -> Part.IDENTITY;
        };
    }

    /** Of a reason of the scorecard. */
    static Part ofReason(String code) {
        return Indicators.of(code).map(Parts::of).orElseGet(() -> {
            if (code.startsWith(Scorecard.FAMILY)) {
                return Part.CIRCUMSTANCES;
            }
            return code.startsWith(Scorecard.REGION) ? Part.WHEREABOUTS : Part.IDENTITY;
        });
    }
}
