package org.jikimi.referral.placement;

import java.util.List;
import java.util.UUID;

/**
 * The free beds of an open shelter.
 *
 * @param near whether it serves the children's district
 * @param siblingsThere siblings of the children who have a bed there already
 * @param numbers of free beds, rising
 */
record FreeBeds(UUID shelterId, boolean near, int siblingsThere, List<Integer> numbers) {
    FreeBeds {
        numbers = List.copyOf(numbers);
    }

    int count() {
        return numbers.size();
    }
}
