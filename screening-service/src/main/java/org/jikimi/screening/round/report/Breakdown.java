package org.jikimi.screening.round.report;

import java.util.List;
import org.jikimi.screening.reference.Programme;

/**
 * What the closing report of a programme counts its flagged children by.
 *
 * @param name as the report calls it
 * @param column over the flag {@code f}, the child as frozen {@code c}, its last visit {@code v}; null is not counted
 */
record Breakdown(String name, String column) {
    private static final Breakdown FAMILY = new Breakdown("familyType", "c.family_type");
    private static final Breakdown CARE = new Breakdown("care", "c.care");
    private static final Breakdown AGE =
            new Breakdown("ageYears", "coalesce(extract(year FROM age(f.as_of, c.birth_date))::int::text, 'UNKNOWN')");
    private static final Breakdown WHY_INSPECTED = new Breakdown(
            "selectedFor",
            "CASE WHEN c.reports >= 2 AND c.refused THEN 'REPORTS_AND_REFUSAL' "
                    + "WHEN c.refused THEN 'REFUSAL' ELSE 'REPORTS' END");
    private static final Breakdown NUMBER = new Breakdown("scheme", "c.scheme");
    private static final Breakdown REGISTRATION = new Breakdown("birthRegistration", "v.birth_registration");
    private static final Breakdown DELAY = new Breakdown("registrationDelay", "v.registration_delay");
    private static final Breakdown SETTING = new Breakdown("careSetting", "v.care_setting");

    static List<Breakdown> of(Programme programme) {
        return switch (programme) {
            case QUARTERLY_SCREENING -> List.of(AGE, FAMILY, CARE);
            case AGE_THREE_SURVEY -> List.of(CARE, FAMILY, AGE);
            case JOINT_INSPECTION -> List.of(WHY_INSPECTED, AGE, FAMILY);
            case TEMPORARY_NUMBER_SURVEY -> List.of(NUMBER, REGISTRATION, DELAY, SETTING);
            case UNDER_TWO_INVESTIGATION -> List.of(FAMILY, AGE, CARE);
        };
    }
}
