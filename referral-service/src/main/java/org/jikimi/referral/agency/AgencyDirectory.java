package org.jikimi.referral.agency;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.time.Times;

/** Looks agencies up, as they stand today, and locks them while places are given away. */
@ApplicationScoped
public class AgencyDirectory {
    private final Agencies agencies = new Agencies();
    private final Times times;

    public AgencyDirectory(Times times) {
        this.times = times;
    }

    public Optional<Agency> find(Connection tx, UUID id) {
        return agencies.find(tx, id, times.today());
    }

    /** Every agency, by id. */
    public List<Agency> all(Connection tx) {
        return agencies.all(tx, times.today());
    }

    /** The agency, locked until the transaction ends. */
    public Optional<Agency> lock(Connection tx, UUID id) {
        agencies.lock(tx, List.of(id));
        return find(tx, id);
    }

    /**
     * The agencies of a district whose kind offers a service, locked until the transaction ends: nobody else can give
     * a place of theirs away meanwhile.
     */
    public List<Agency> lockServing(Connection tx, String districtCode, String serviceCode) {
        var kinds = ServiceCatalogue.kindsOffering(serviceCode);
        agencies.lock(tx, ids(agencies.serving(tx, kinds, districtCode, times.today())));
        return agencies.serving(tx, kinds, districtCode, times.today());
    }

    /** All shelters, locked until the transaction ends: nobody else can give a bed of theirs away meanwhile. */
    public List<Agency> lockShelters(Connection tx) {
        agencies.lock(tx, ids(agencies.ofKind(tx, AgencyKind.SHELTER, times.today())));
        return agencies.ofKind(tx, AgencyKind.SHELTER, times.today());
    }

    private static List<UUID> ids(List<Agency> found) {
        return found.stream().map(Agency::id).toList();
    }
}
