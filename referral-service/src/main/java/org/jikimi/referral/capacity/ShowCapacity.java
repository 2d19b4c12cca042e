package org.jikimi.referral.capacity;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jikimi.referral.access.RowScope;
import org.jikimi.referral.agency.Agency;
import org.jikimi.referral.agency.AgencyDirectory;
import org.jikimi.referral.agency.AgencyKind;
import org.jikimi.runtime.security.Caller;
import org.jikimi.runtime.time.Times;

/** Sums up where places are, are taken and are missing; of shelters no more than the caller may know. */
@ApplicationScoped
class ShowCapacity {
    private final Occupancy occupancy = new Occupancy();
    private final AgencyDirectory directory;
    private final Times times;

    ShowCapacity(AgencyDirectory directory, Times times) {
        this.directory = directory;
        this.times = times;
    }

    CapacityView show(Connection tx, Caller caller) {
        var agencies = directory.all(tx);
        var shelters = agencies.stream()
                .filter(agency -> agency.kind() == AgencyKind.SHELTER)
                .toList();
        return new CapacityView(
                times.now(),
                occupied(
                        agencies.stream()
                                .filter(agency -> agency.kind() != AgencyKind.SHELTER)
                                .toList(),
                        occupancy.placesTaken(tx)),
                occupancy.unmet(tx).stream()
                        .map(unmet -> new CapacityView.UnmetDemand(
                                unmet.districtCode(), unmet.serviceCode(), unmet.waiting()))
                        .toList(),
                shelters(tx, caller, shelters));
    }

    private record Place(String districtCode, AgencyKind kind) {}

    private static List<CapacityView.Occupied> occupied(List<Agency> agencies, Map<UUID, Long> taken) {
        var byPlace = agencies.stream()
                .collect(Collectors.groupingBy(
                        agency -> new Place(agency.districtCode(), agency.kind()),
                        () -> new TreeMap<>(
                                Comparator.comparing(Place::districtCode).thenComparing(Place::kind)),
                        Collectors.toList()));
        return byPlace.entrySet().stream()
                .map(entry -> new CapacityView.Occupied(
                        entry.getKey().districtCode(),
                        entry.getKey().kind().name(),
                        entry.getValue().stream().filter(Agency::isOpen).count(),
                        sum(entry.getValue(), ShowCapacity::openPlaces),
                        sum(entry.getValue(), agency -> taken.getOrDefault(agency.id(), 0L))))
                .toList();
    }

    private CapacityView.Shelters shelters(Connection tx, Caller caller, List<Agency> shelters) {
        var taken = occupancy.bedsTaken(tx);
        var waiting = occupancy.waitingForBeds(tx);
        return new CapacityView.Shelters(
                sum(shelters, ShowCapacity::openPlaces),
                sum(shelters, shelter -> taken.getOrDefault(shelter.id(), 0L)),
                waiting.values().stream().mapToLong(Long::longValue).sum(),
                RowScope.knowsAllShelters(caller) ? byDistrict(shelters, taken, waiting) : null);
    }

    private static List<CapacityView.ShelterDistrict> byDistrict(
            List<Agency> shelters, Map<UUID, Long> taken, Map<String, Long> waiting) {
        var districts = new TreeSet<>(waiting.keySet());
        Map<String, List<Agency>> there = shelters.stream().collect(Collectors.groupingBy(Agency::districtCode));
        districts.addAll(there.keySet());
        return districts.stream()
                .map(district -> new CapacityView.ShelterDistrict(
                        district,
                        sum(there.getOrDefault(district, List.of()), ShowCapacity::openPlaces),
                        sum(there.getOrDefault(district, List.of()), shelter -> taken.getOrDefault(shelter.id(), 0L)),
                        waiting.getOrDefault(district, 0L)))
                .toList();
    }

    private static long openPlaces(Agency agency) {
        return agency.isOpen()
                ? agency.places().values().stream()
                        .mapToLong(Integer::longValue)
                        .sum()
                : 0;
    }

    private static long sum(List<Agency> agencies, ToLongFunction<Agency> what) {
        return agencies.stream().mapToLong(what).sum();
    }
}
