package org.jikimi.referral.placement;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jikimi.referral.agency.Agency;
import org.jikimi.referral.agency.AgencyDirectory;
import org.jikimi.referral.agency.ServiceCatalogue;
import org.jikimi.referral.exclusion.Exclusions;

/** Finds beds that nobody has, with all shelters locked until the transaction ends. */
@ApplicationScoped
class FindBeds {
    private final Placements placements = new Placements();
    private final AgencyDirectory directory;
    private final Exclusions exclusions;

    FindBeds(AgencyDirectory directory, Exclusions exclusions) {
        this.directory = directory;
        this.exclusions = exclusions;
    }

    /** Must come before the placements are read on which a decision rests. */
    void lockShelters(Connection tx) {
        directory.lockShelters(tx);
    }

    /** Beds for children of a group, in the order of the children; shelters accused in their matter are left out. */
    BedPlan plan(Connection tx, UUID groupId, Collection<UUID> children, String districtCode) {
        var excluded = exclusions.of(tx, children);
        var siblings = placements.withBed(tx, groupId);
        var taken = placements.takenBeds(tx);
        return BedPlan.of(
                children.size(),
                open(tx).stream()
                        .filter(shelter -> !excluded.contains(shelter.id()))
                        .map(shelter -> new FreeBeds(
                                shelter.id(),
                                shelter.serves(districtCode),
                                (int) siblings.stream()
                                        .filter(sibling -> shelter.id().equals(sibling.shelterId()))
                                        .count(),
                                free(shelter, taken)))
                        .toList());
    }

    /** A free bed of one shelter, wherever it lies; none if it is not open, is full or must not have the child. */
    List<Integer> freeIn(Connection tx, UUID shelterId, UUID childId) {
        if (exclusions.of(tx, List.of(childId)).contains(shelterId)) {
            return List.of();
        }
        var taken = placements.takenBeds(tx);
        return open(tx).stream()
                .filter(shelter -> shelter.id().equals(shelterId))
                .flatMap(shelter -> free(shelter, taken).stream())
                .toList();
    }

    private List<Agency> open(Connection tx) {
        return directory.lockShelters(tx).stream().filter(Agency::isOpen).toList();
    }

    private static List<Integer> free(Agency shelter, Set<Bed> taken) {
        return IntStream.rangeClosed(1, shelter.placesFor(ServiceCatalogue.SHELTER_PLACE))
                .filter(number -> !taken.contains(new Bed(shelter.id(), number)))
                .boxed()
                .toList();
    }
}
