package org.jikimi.referral.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which beds a group of siblings gets. Together in one shelter that serves their district; else split over as few of
 * those shelters as can be; else none of them gets a bed, and they stay together where they go instead. Shelters where
 * a sibling is already come first, then those with most room, then by id: the same facts always give the same beds.
 */
sealed interface BedPlan {
    /** Why siblings are split. */
    String NO_SHELTER_HAS_ROOM_FOR_ALL = "NO_SHELTER_HAS_ROOM_FOR_ALL";

    record Together(List<Bed> beds) implements BedPlan {
        public Together {
            beds = List.copyOf(beds);
        }
    }

    record Split(List<Bed> beds) implements BedPlan {
        public Split {
            beds = List.copyOf(beds);
        }
    }

    record NoBeds(Fallback fallback) implements BedPlan {}

    /** Plans for so many children, at least one. */
    static BedPlan of(int children, List<FreeBeds> shelters) {
        var near = best(shelters, FreeBeds::near);
        for (var shelter : near) {
            if (shelter.count() >= children) {
                return new Together(take(shelter, children));
            }
        }
        var beds = new ArrayList<Bed>();
        for (var shelter : near) {
            beds.addAll(take(shelter, Math.min(shelter.count(), children - beds.size())));
        }
        if (beds.size() == children) {
            return new Split(beds);
        }
        boolean roomElsewhere =
                best(shelters, shelter -> !shelter.near()).stream().anyMatch(shelter -> shelter.count() >= children);
        return new NoBeds(roomElsewhere ? Fallback.NEIGHBOURING_DISTRICT : Fallback.EMERGENCY_FOSTER_CARE);
    }

    private static List<FreeBeds> best(List<FreeBeds> shelters, Predicate<FreeBeds> which) {
        return shelters.stream()
                .filter(which)
                .sorted(Comparator.comparingInt(FreeBeds::siblingsThere)
                        .thenComparingInt(FreeBeds::count)
                        .reversed()
                        .thenComparing(FreeBeds::shelterId))
                .toList();
    }

    private static List<Bed> take(FreeBeds shelter, int count) {
        return shelter.numbers().stream()
                .limit(count)
                .map(number -> new Bed(shelter.shelterId(), number))
                .toList();
    }
}
