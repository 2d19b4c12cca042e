package org.jikimi.referral.agency;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An agency as the API shows it. Of a shelter, those who may not know it see kind and district alone.
 *
 * @param disclosed false if the rest is kept back
 * @param beds of a shelter; null elsewhere
 */
public record AgencyView(
        @Nullable UUID id,
        String kind,
        String districtCode,
        boolean disclosed,
        @Nullable String name,
        @Nullable String state,
        List<String> catchment,
        List<ServicePlaces> services,
        @Nullable Integer beds) {
    public AgencyView {
        catchment = List.copyOf(catchment);
        services = List.copyOf(services);
    }

    /** A service and how many children it takes at once. */
    public record ServicePlaces(String code, int capacity) {}

    static AgencyView of(Agency agency) {
        return new AgencyView(
                agency.id(),
                agency.kind().name(),
                agency.districtCode(),
                true,
                agency.name(),
                agency.state().name(),
                agency.catchment().stream().sorted().toList(),
                agency.places().entrySet().stream()
                        .filter(entry -> !entry.getKey().equals(ServiceCatalogue.SHELTER_PLACE))
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> new ServicePlaces(entry.getKey(), entry.getValue()))
                        .toList(),
                agency.kind() == AgencyKind.SHELTER ? agency.placesFor(ServiceCatalogue.SHELTER_PLACE) : null);
    }

    static AgencyView undisclosed(Agency shelter) {
        return new AgencyView(
                null, shelter.kind().name(), shelter.districtCode(), false, null, null, List.of(), List.of(), null);
    }

    @Override
    public String toString() {
        return kind + " of " + districtCode;
    }
}
