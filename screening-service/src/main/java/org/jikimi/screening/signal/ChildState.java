package org.jikimi.screening.signal;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jikimi.screening.signal.StoredSignals.Known;

/**
 * What stands of a child: which indicators, and since when each was last observed.
 *
 * @param mask bit {@code i} is set if indicator {@code i} was observed and stands
 * @param observed for each set bit, lowest first, the day of its latest observation, in days since 2000-01-01
 */
@SuppressWarnings("ArrayRecordComponent") // compared only with the very state it came from, and too many to be copied
record ChildState(long mask, short[] observed) {
    static final ChildState NOTHING = new ChildState(0, new short[0]);
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);

    static short day(LocalDate date) {
        return (short) ChronoUnit.DAYS.between(FIRST_DAY, date);
    }

    /** This and one more observation; this very state if it adds nothing. */
    ChildState and(int bit, short day) {
        int place = Long.bitCount(mask & ((1L << bit) - 1));
        if ((mask >>> bit & 1) == 0) {
            var days = new short[observed.length + 1];
            System.arraycopy(observed, 0, days, 0, place);
            days[place] = day;
            System.arraycopy(observed, place, days, place + 1, observed.length - place);
            return new ChildState(mask | 1L << bit, days);
        }
        if (observed[place] >= day) {
            return this;
        }
        var days = observed.clone();
        days[place] = day;
        return new ChildState(mask, days);
    }

    /** Whether an indicator stands that was observed on the day or later. */
    boolean observedSince(int bit, short day) {
        return (mask >>> bit & 1) == 1 && observed[Long.bitCount(mask & ((1L << bit) - 1))] >= day;
    }

    /** This and all that another tells; this very state if that adds nothing. */
    ChildState and(ChildState other) {
        var sum = this;
        int place = 0;
        for (long left = other.mask; left != 0; left &= left - 1) {
            sum = sum.and(Long.numberOfTrailingZeros(left), other.observed[place++]);
        }
        return sum;
    }

    /** What stands, as observations of the child. */
    List<Known> known(UUID child) {
        var known = new ArrayList<Known>();
        int place = 0;
        for (long left = mask; left != 0; left &= left - 1) {
            var day = FIRST_DAY.plusDays(observed[place++]);
            known.add(new Known(Long.numberOfTrailingZeros(left), child, null, day, null));
        }
        return known;
    }

    /** As PostgreSQL writes an array. */
    String observedAsText() {
        var text = new StringBuilder("{");
        for (short day : observed) {
            text.append(text.length() > 1 ? "," : "").append(day);
        }
        return text.append('}').toString();
    }
}
