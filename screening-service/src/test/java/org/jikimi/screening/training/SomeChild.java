package org.jikimi.screening.training;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.reference.FamilyTypes;
import org.jikimi.screening.reference.Indicators;

/** Children as a round freezes them, judged on one day. */
final class SomeChild {
    static final LocalDate TODAY = LocalDate.of(2026, 10, 1);

    private static final short YESTERDAY = 9_769;
    private static final List<String> DISTRICTS = List.of("11110", "11260", "11350");

    private SomeChild() {}

    static Facts of(int monthsOld, String family, String district, String... indicators) {
        long mask = 0;
        for (var code : indicators) {
            mask |= 1L << Indicators.of(code).orElseThrow().bit();
        }
        return of(monthsOld, family, district, mask);
    }

    /** Any child, with some of the indicators. */
    static Facts any(Random random) {
        long mask = 0;
        for (var indicator : Indicators.all()) {
            mask |= random.nextInt(12) == 0 ? 1L << indicator.bit() : 0;
        }
        return of(random.nextInt(216), pick(random, FamilyTypes.CODES), pick(random, DISTRICTS), mask);
    }

    private static Facts of(int monthsOld, String family, String district, long mask) {
        var observed = new short[Long.bitCount(mask)];
        Arrays.fill(observed, YESTERDAY);
        return new Facts(TODAY.minusMonths(monthsOld), family, district, mask, observed);
    }

    private static String pick(Random random, List<String> codes) {
        return codes.get(random.nextInt(codes.size()));
    }
}
