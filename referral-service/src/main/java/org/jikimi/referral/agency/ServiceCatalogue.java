package org.jikimi.referral.agency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The services of {@code reference/services.csv}: which needs each meets and which kinds of agencies offer it. A need
 * that no service names is not lost: general case work 통합사례관리 of a welfare centre takes it.
 */
public final class ServiceCatalogue {
    public static final String CASE_MANAGEMENT = "CASE_MANAGEMENT";
    public static final String PARENTING_COACHING = "PARENTING_COACHING";
    public static final String GENERAL_CASE_WORK = "GENERAL_CASE_WORK";
    /** A bed; asked for by placements alone, never by referral. */
    public static final String SHELTER_PLACE = "SHELTER_PLACE";

    private static final Map<String, Service> SERVICES = read();
    private static final Map<String, Service> BY_NEED = byNeed();

    private ServiceCatalogue() {}

    public static Collection<Service> all() {
        return SERVICES.values();
    }

    public static Optional<Service> find(String code) {
        return Optional.ofNullable(SERVICES.get(code));
    }

    /** The service that meets a need; general case work for a need that is not known. */
    public static Service meeting(String needCode) {
        return BY_NEED.getOrDefault(needCode, get(GENERAL_CASE_WORK));
    }

    /** Who may offer the service. */
    public static Set<AgencyKind> kindsOffering(String code) {
        return get(code).agencyKinds();
    }

    private static Service get(String code) {
        return Objects.requireNonNull(SERVICES.get(code), code);
    }

    private static Map<String, Service> byNeed() {
        var byNeed = new LinkedHashMap<String, Service>();
        for (var service : SERVICES.values()) {
            if (!service.code().equals(SHELTER_PLACE)) {
                byNeed.put(service.code(), service);
                service.needCodes().forEach(need -> byNeed.put(need, service));
            }
        }
        return Map.copyOf(byNeed);
    }

    private static Map<String, Service> read() {
        try (var file = Objects.requireNonNull(
                ServiceCatalogue.class.getResourceAsStream("/reference/services.csv"), "services.csv")) {
            var services = new LinkedHashMap<String, Service>();
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .forEach(line -> {
                        var cells = line.split(",", -1);
                        services.put(
                                cells[0],
                                new Service(
                                        cells[0],
                                        words(cells[1]),
                                        words(cells[2]).stream()
                                                .map(AgencyKind::valueOf)
                                                .collect(Collectors.toSet()),
                                        cells[3],
                                        cells[4]));
                    });
            return services;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> words(String cell) {
        return Arrays.stream(cell.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }
}
