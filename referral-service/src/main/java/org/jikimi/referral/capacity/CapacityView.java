package org.jikimi.referral.capacity;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where places are, are taken and are missing.
 *
 * @param occupancy by district and kind of the agencies; shelters are left out
 * @param unmet referrals that no agency could take, by the children's district and service
 * @param shelters of the whole city
 */
public record CapacityView(Instant asOf, List<Occupied> occupancy, List<UnmetDemand> unmet, Shelters shelters) {
    public CapacityView {
        occupancy = List.copyOf(occupancy);
        unmet = List.copyOf(unmet);
    }

    /**
     * Agencies of a kind in a district.
     *
     * @param agencies open ones
     * @param places of open agencies, all services together
     * @param taken by families and offers, also at agencies that are not open
     */
    public record Occupied(String districtCode, String kind, long agencies, long places, long taken) {}

    /** Referrals of a district that no agency took. */
    public record UnmetDemand(String districtCode, String serviceCode, long waiting) {}

    /**
     * Shelters 쉼터, which are undisclosed.
     *
     * @param beds of open shelters
     * @param taken held, reserved or slept in
     * @param waiting children without a bed
     * @param byDistrict for supervisors and operators; null for everybody else
     */
    public record Shelters(
            long beds, long taken, long waiting, @Nullable List<ShelterDistrict> byDistrict) {}

    /**
     * Shelters of a district.
     *
     * @param waiting children of the district without a bed
     */
    public record ShelterDistrict(String districtCode, long beds, long taken, long waiting) {}
}
