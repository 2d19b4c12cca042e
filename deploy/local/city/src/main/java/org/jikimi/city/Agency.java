package org.jikimi.city;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * An agency that takes referrals, or that reports and polices.
 *
 * @param id fixed id, by kind and number
 * @param kind {@code CPA}, {@code SHELTER}, {@code DISTRICT_OFFICE}, {@code POLICE_STATION}, {@code CLINIC},
 *     {@code SCHOOL}, {@code DREAM_START}, {@code WELFARE_CENTRE} or {@code COACHING_PROVIDER}
 * @param name synthetic, such as {@code Synthetic CPA 1}
 * @param districtCode where it is
 * @param catchment districts it serves, by code
 * @param services services it offers and how many children each can hold
 * @param beds beds of a shelter; 0 elsewhere
 */
public record Agency(
        UUID id,
        String kind,
        String name,
        String districtCode,
        List<String> catchment,
        Map<String, Integer> services,
        int beds) {
    private static final List<String> KINDS = List.of(
            "CPA",
            "SHELTER",
            "DISTRICT_OFFICE",
            "POLICE_STATION",
            "CLINIC",
            "SCHOOL",
            "DREAM_START",
            "WELFARE_CENTRE",
            "COACHING_PROVIDER");

    public Agency {
        catchment = List.copyOf(catchment);
        services = Map.copyOf(services);
    }

    /** The agencies of a city of so many children; capacities grow with it. */
    public static List<Agency> of(long children) {
        int scale = (int) Math.max(1, children / 10_000);
        List<Agency> agencies = new ArrayList<>();
        spread(agencies, "CPA", 10, "Synthetic CPA", Map.of("CASE_MANAGEMENT", 20 + 6 * scale), 0);
        spread(agencies, "SHELTER", 6, "Synthetic shelter", Map.of(), 7);
        spread(
                agencies,
                "COACHING_PROVIDER",
                4,
                "Synthetic coaching provider",
                Map.of("PARENTING_COACHING", 20 + 6 * scale),
                0);
        spread(agencies, "CLINIC", 5, "Synthetic clinic", Map.of(), 0);
        spread(agencies, "SCHOOL", 5, "Synthetic school", Map.of(), 0);
        for (District district : District.all()) {
            local(agencies, "DISTRICT_OFFICE", district, "Synthetic district office", Map.of());
            local(agencies, "POLICE_STATION", district, "Synthetic police station", Map.of());
            local(agencies, "DREAM_START", district, "Synthetic Dream Start", Map.of("DREAM_START", 10 + 5 * scale));
            local(
                    agencies,
                    "WELFARE_CENTRE",
                    district,
                    "Synthetic welfare centre",
                    Map.of(
                            "LIVELIHOOD_SUPPORT", 10 + 5 * scale,
                            "HEALTH_SUPPORT", 10 + 5 * scale,
                            "CHILDCARE_SUPPORT", 10 + 5 * scale));
        }
        return List.copyOf(agencies);
    }

    /** The id of the agency of a kind: its running number, or the district code where each district has one. */
    public static UUID id(String kind, long number) {
        return UUID.fromString(
                String.format(Locale.ROOT, "00000000-0000-7000-8%03d-%012d", KINDS.indexOf(kind) + 1, number));
    }

    /** Agencies spread over the city; each serves every n-th district and the ones after those, so that two overlap. */
    private static void spread(
            List<Agency> agencies, String kind, int count, String name, Map<String, Integer> services, int beds) {
        List<District> districts = District.all();
        for (int i = 0; i < count; i++) {
            int first = i;
            List<String> catchment = IntStream.range(0, districts.size())
                    .filter(d -> d % count == first || d % count == (first + 1) % count)
                    .mapToObj(d -> districts.get(d).code())
                    .toList();
            String home = districts.get(i).code();
            agencies.add(new Agency(id(kind, i + 1), kind, name + " " + (i + 1), home, catchment, services, beds));
        }
    }

    private static void local(
            List<Agency> agencies, String kind, District district, String name, Map<String, Integer> services) {
        agencies.add(new Agency(
                id(kind, Long.parseLong(district.code())),
                kind,
                name + " " + district.code(),
                district.code(),
                List.of(district.code()),
                services,
                0));
    }
}
