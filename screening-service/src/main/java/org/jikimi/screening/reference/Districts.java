package org.jikimi.screening.reference;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The districts 자치구 of the city, by resident-register code ({@code KR-ADM}). */
public final class Districts {
    private static final Set<String> CODES =
            Table.read("districts.csv").stream().map(row -> row.get(1)).collect(Collectors.toUnmodifiableSet());
    private static final Pattern DONG = Pattern.compile("[0-9]{10}");

    private Districts() {}

    public static boolean isDistrict(String code) {
        return CODES.contains(code);
    }

    /** Whether it has the form of a dong 행정동 of one of the city's districts: ten digits, the first five the district's. */
    public static boolean isDong(String code) {
        return DONG.matcher(code).matches() && isDistrict(code.substring(0, 5));
    }
}
