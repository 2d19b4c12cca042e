package org.jikimi.screening.source;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells from the days on which a source delivered an indicator how often it usually does, and so from when on it is silent.
 *
 * @param leastDays days without a delivery before which nobody is silent, from 1
 * @param intervals usual intervals without a delivery after which a source is silent, from 1
 * @param deliveryDays days of delivery from which on there is a usual interval, from 2
 */
record SilenceRule(int leastDays, int intervals, int deliveryDays) {
    /** So many of the newest days of delivery count, so that a source that has changed its rhythm is soon held to the new. */
    static final int NEWEST = 30;

    SilenceRule {
        require(leastDays >= 1, "jikimi.screening.silence.least-days must be 1 or more");
        require(intervals >= 1, "jikimi.screening.silence.intervals must be 1 or more");
        require(deliveryDays >= 2 && deliveryDays <= NEWEST, "jikimi.screening.silence.delivery-days must be 2 to 30");
    }

    static SilenceRule of(SilenceTerms terms) {
        return new SilenceRule(terms.leastDays(), terms.intervals(), terms.deliveryDays());
    }

    /**
     * The rhythm of a source; empty if it has not delivered often enough to have one.
     *
     * @param days its newest days of delivery, each once, the newest first
     */
    Optional<Rhythm> rhythm(List<LocalDate> days) {
        if (days.size() < deliveryDays) {
            return Optional.empty();
        }
        var newest = days.subList(0, Math.min(days.size(), NEWEST));
        var gaps = new long[newest.size() - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = ChronoUnit.DAYS.between(newest.get(i + 1), newest.get(i));
        }
        Arrays.sort(gaps);
        int usual = Math.toIntExact(gaps[gaps.length / 2]); // of two in the middle the longer: rather late than wrong
        return Optional.of(new Rhythm(newest.getFirst(), usual, Math.max(leastDays, intervals * usual)));
    }

    /**
     * How a source delivers an indicator.
     *
     * @param last its last day of delivery
     * @param intervalDays days that usually lie between two deliveries: the median, from 1
     * @param silentAfterDays so many days after the last delivery it is silent
     */
    record Rhythm(LocalDate last, int intervalDays, int silentAfterDays) {
        boolean isSilentOn(LocalDate day) {
            return silentDays(day) >= silentAfterDays;
        }

        int silentDays(LocalDate day) {
            return Math.toIntExact(ChronoUnit.DAYS.between(last, day));
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
