package org.jikimi.screening.registry;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A child as an agency describes it, checked.
 *
 * @param mac keyed hash of the identifier
 * @param householdMac keyed hash of the agencies' household id; null if the line has none
 * @param status {@code RESIDENT}, {@code DECEASED} or {@code EMIGRATED}
 * @param statusOn since when; null if the line does not say
 * @param contentMac keyed hash of the whole line, which tells an unchanged one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and too hot to be copied
record ChildLine(
        byte[] mac,
        Personal personal,
        String scheme,
        LocalDate birthDate,
        String sex,
        byte @Nullable [] householdMac,
        String familyType,
        String districtCode,
        String dongCode,
        String care,
        String status,
        @Nullable LocalDate statusOn,
        byte[] contentMac) {
    @Override
    public String toString() {
        return "child line";
    }
}
