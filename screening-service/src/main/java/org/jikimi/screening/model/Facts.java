package org.jikimi.screening.model;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a child, without who it is.
 *
 * @param birthDate null if nobody knows
 * @param mask bit {@code i} is set if indicator {@code i} was observed and stands
 * @param observed for each set bit, lowest first, the day of its latest observation, in days since 2000-01-01
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and too hot to be copied
public record Facts(
        @Nullable LocalDate birthDate, String familyType, String districtCode, long mask, short[] observed) {}
