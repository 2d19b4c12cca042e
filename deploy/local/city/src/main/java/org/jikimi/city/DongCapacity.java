package org.jikimi.city;

import java.util.List;

/**
 * How many households the officers of a dong can visit in a quarter.
 *
 * @param districtCode district, five digits
 * @param dongCode dong 행정동, ten digits
 * @param visits household visits a quarter, at least 1
 */
public record DongCapacity(String districtCode, String dongCode, int visits) {
    /** Flags a quarter per child: Seoul checked 15,760 of about 1.1 million children in 2023. */
    private static final double VISITS_PER_CHILD = 15_760 / 4.0 / 1_100_000;

    /** The capacities of all dongs of a city of so many children; every dong can make at least one visit. */
    public static List<DongCapacity> of(long children) {
        return District.all().stream()
                .flatMap(district -> {
                    double perDong = (double) children
                            * district.weight()
                            / District.totalWeight()
                            / district.dongs().size();
                    int visits = (int) Math.max(1, Math.round(perDong * VISITS_PER_CHILD));
                    return district.dongs().stream().map(dong -> new DongCapacity(district.code(), dong, visits));
                })
                .toList();
    }
}
