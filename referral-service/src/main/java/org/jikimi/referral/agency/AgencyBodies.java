package org.jikimi.referral.agency;

import static org.jikimi.referral.access.Fields.between;
import static org.jikimi.referral.access.Fields.dateOrNull;
import static org.jikimi.referral.access.Fields.refuse;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jikimi.referral.access.Fields;
import org.jikimi.runtime.rest.ProblemException;
import org.jspecify.annotations.Nullable;

/** Checks what is said of an agency; refuses with {@link ProblemException} 422. */
final class AgencyBodies {
    private static final int MOST = 100_000;

    private AgencyBodies() {}

    static NewAgency agency(AgencyRequest body) {
        var kind = Fields.oneOf("kind", AgencyKind.class, body.kind());
        var district = Fields.district("districtCode", body.districtCode());
        var catchment = body.catchment() == null ? Set.of(district) : Fields.districts("catchment", body.catchment());
        if (catchment.isEmpty()) {
            throw refuse("catchment", "At least one district is needed.");
        }
        return new NewAgency(
                Fields.uuid("id", body.id()),
                kind,
                Fields.name("name", body.name()),
                district,
                catchment,
                places(kind, body.services(), body.beds()),
                dateOrNull("validFrom", body.validFrom()));
    }

    static Map<String, Integer> places(
            AgencyKind kind, @Nullable List<@Nullable PlacesRequest> services, @Nullable Integer beds) {
        var places = new HashMap<String, Integer>();
        if (services != null) {
            for (var service : services) {
                if (service == null || service.code() == null) {
                    throw refuse("services", "Each needs a code and a capacity.");
                }
                if (!offers(kind, service.code())) {
                    throw refuse("services", "An agency of this kind does not offer it: GET services.");
                }
                if (places.put(service.code(), between("services", 0, MOST, service.capacity())) != null) {
                    throw refuse("services", "A service stands there twice.");
                }
            }
        }
        if (beds != null) {
            if (kind != AgencyKind.SHELTER && beds != 0) {
                throw refuse("beds", "Only a shelter has beds.");
            }
            if (kind == AgencyKind.SHELTER) {
                places.put(ServiceCatalogue.SHELTER_PLACE, between("beds", 0, 1_000, beds));
            }
        }
        return places;
    }

    static LocalDate from(@Nullable String validFrom, LocalDate today) {
        var from = dateOrNull("validFrom", validFrom);
        if (from != null && from.isBefore(today)) {
            throw refuse("validFrom", "Today or later is needed.");
        }
        return from == null ? today : from;
    }

    private static boolean offers(AgencyKind kind, String code) {
        return !code.equals(ServiceCatalogue.SHELTER_PLACE)
                && ServiceCatalogue.find(code)
                        .filter(service -> service.agencyKinds().contains(kind))
                        .isPresent();
    }
}
