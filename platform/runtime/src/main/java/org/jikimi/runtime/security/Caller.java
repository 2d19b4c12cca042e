package org.jikimi.runtime.security;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as the token says.
 *
 * @param principal stable id of the user or client, never a name
 * @param roles the roles of the realm
 * @param agencyId the agency the caller works for (claim {@code agency_id}); null for city staff
 * @param districts district codes the caller may act in (claim {@code district_codes}); empty means none
 * @param sourceKind kind of data a data agency may send (claim {@code source_kind}); null for others
 */
public record Caller(
        String principal,
        Set<String> roles,
        @Nullable UUID agencyId,
        Set<String> districts,
        @Nullable String sourceKind) {

    public Caller {
        roles = Set.copyOf(roles);
        districts = Set.copyOf(districts);
    }

    public boolean has(String role) {
        return roles.contains(role);
    }

    /** Whether the caller may act for children of the district. */
    public boolean covers(String districtCode) {
        return districts.contains(districtCode);
    }
}
