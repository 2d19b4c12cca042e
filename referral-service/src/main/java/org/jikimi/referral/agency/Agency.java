package org.jikimi.referral.agency;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * An agency as it stands on a day.
 *
 * @param districtCode where it lies
 * @param catchment districts it serves
 * @param places how many children it takes at once, by service, on the day it was read for
 */
public record Agency(
        UUID id,
        long version,
        AgencyKind kind,
        String name,
        String districtCode,
        Set<String> catchment,
        AgencyState state,
        Map<String, Integer> places,
        Instant registeredAt) {
    public Agency {
        catchment = Set.copyOf(catchment);
        places = Map.copyOf(places);
    }

    public boolean isOpen() {
        return state == AgencyState.OPEN;
    }

    public boolean serves(String district) {
        return catchment.contains(district);
    }

    /** Places for a service; 0 if it does not offer it. */
    public int placesFor(String serviceCode) {
        return places.getOrDefault(serviceCode, 0);
    }

    Agency in(AgencyState next) {
        return new Agency(id, version + 1, kind, name, districtCode, catchment, next, places, registeredAt);
    }

    Agency with(Map<String, Integer> otherPlaces) {
        return new Agency(id, version + 1, kind, name, districtCode, catchment, state, otherPlaces, registeredAt);
    }

    /** Without the name: a shelter's must not get into a log. */
    @Override
    public String toString() {
        return kind + " " + id;
    }
}
