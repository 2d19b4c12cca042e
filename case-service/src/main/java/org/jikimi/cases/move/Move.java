package org.jikimi.cases.move;

import java.util.UUID;
import org.jikimi.cases.support.Place;

/**
 * A child moved 전출입. Work that lies in the place the child left follows; work elsewhere, such as where the police found
 * the child, stays.
 *
 * @param version version of the child in the registry, which tells moves apart and in which order they were
 * @param householdId the household the child lives in now
 */
public record Move(UUID childId, long version, UUID householdId, Place from, Place to) {
    /** Whether the place is the one that the child left. */
    public boolean leaves(Place place) {
        return from.districtCode().equals(place.districtCode())
                && (leavesDistrict() || from.dongCode().equals(place.dongCode()));
    }

    /** Whether the child lives in this household and place after it. */
    public boolean leadsTo(UUID household, Place place) {
        return householdId.equals(household) && to.equals(place);
    }

    /** The same of another id of the child. */
    public Move of(UUID id) {
        return new Move(id, version, householdId, from, to);
    }

    public boolean leavesDistrict() {
        return !from.districtCode().equals(to.districtCode());
    }
}
