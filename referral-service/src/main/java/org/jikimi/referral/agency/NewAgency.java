package org.jikimi.referral.agency;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An agency to be registered.
 *
 * @param places by service; beds of a shelter are places of {@link ServiceCatalogue#SHELTER_PLACE}
 * @param validFrom its first day; null for today
 */
public record NewAgency(
        UUID id,
        AgencyKind kind,
        String name,
        String districtCode,
        Set<String> catchment,
        Map<String, Integer> places,
        @Nullable LocalDate validFrom) {
    public NewAgency {
        catchment = Set.copyOf(catchment);
        places = Map.copyOf(places);
    }

    @Override
    public String toString() {
        return kind + " " + id;
    }
}
