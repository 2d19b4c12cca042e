package org.jikimi.city;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A district 자치구.
 *
 * @param index place in the list of districts, from 0
 * @param code five digits of the resident-register code system
 * @param nameEn English name
 * @param nameKo Korean name
 * @param weight its share of the city's children, relative to the other districts
 * @param dongs synthetic codes of its dongs 행정동, ten digits: district, three digits, "00"
 */
public record District(int index, String code, String nameEn, String nameKo, int weight, List<String> dongs) {
    private static final List<District> ALL = load();
    private static final int TOTAL_WEIGHT =
            ALL.stream().mapToInt(District::weight).sum();

    public District {
        dongs = List.copyOf(dongs);
    }

    /** The 25 districts by code. */
    public static List<District> all() {
        return ALL;
    }

    static int totalWeight() {
        return TOTAL_WEIGHT;
    }

    /** The district in which a point of the scale from 0 to {@link #totalWeight()} lies. */
    static District at(int point) {
        int rest = point;
        for (District district : ALL) {
            rest -= district.weight;
            if (rest < 0) {
                return district;
            }
        }
        throw new IllegalArgumentException("beyond the last district: " + point);
    }

    private static List<District> load() {
        List<List<String>> rows = Table.rows("districts.csv");
        return IntStream.range(0, rows.size())
                .mapToObj(i -> {
                    List<String> row = rows.get(i);
                    String code = row.get(1);
                    List<String> dongs = IntStream.range(0, 16 + i % 3)
                            .mapToObj(dong -> String.format(Locale.ROOT, "%s%03d00", code, 510 + 10 * dong))
                            .toList();
                    return new District(i, code, row.get(2), row.get(3), Integer.parseInt(row.get(4)), dongs);
                })
                .toList();
    }
}
