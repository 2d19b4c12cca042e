package org.jikimi.screening.flag;

import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a change of signals, or of the register, brought, by child.
 *
 * @param urgent the indicators marked urgent of which anything was said, as bits
 * @param first those among them of which a signal was new, and no correction of one
 * @param before what stood of each child whose state may have changed
 */
public record News(Map<UUID, Long> urgent, Map<UUID, Long> first, Map<UUID, Before> before) {

    /**
     * What stood of a child.
     *
     * @param mask bit {@code i} is set if indicator {@code i} stood
     * @param observed for each set bit, lowest first, the day of its latest observation, in days since 2000-01-01
     * @param registered what the register said of it; null if that is what it says now
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and too many to be copied
    public record Before(
            long mask, short[] observed, @Nullable Registered registered) {
        static final Before NOTHING = new Before(0, new short[0], null);
    }

    /** What the register says of a child that has points. */
    public record Registered(@Nullable LocalDate birthDate, String familyType, String districtCode) {}

    long urgent(UUID child) {
        return urgent.getOrDefault(child, 0L);
    }

    long first(UUID child) {
        return first.getOrDefault(child, 0L);
    }

    /** Null if nothing has changed of the child. */
    @Nullable
    Before before(UUID child) {
        return before.get(child);
    }
}
