package org.jikimi.screening.reference;

/**
 * A kind of observation about a child or a household.
 *
 * @param bit place in a child's state, 0 to 43; never changes
 * @param group what it belongs to, such as {@code arrears}
 * @param ofHousehold whether it is about a household, and so about every child of it
 * @param sourceKind the only kind of agency that may send it
 * @param validityDays days it counts, from the day it was observed
 * @param urgent whether it selects a child at once, between rounds
 * @param basis where the indicator comes from
 */
public record Indicator(
        int bit,
        String code,
        String group,
        boolean ofHousehold,
        String sourceKind,
        int validityDays,
        boolean urgent,
        String nameEn,
        String nameKo,
        String basis) {}
