package org.jikimi.referral.access;

import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Which rows a caller may see and change. City staff (officers, investigators, supervisors, auditors) see what concerns
 * children of their districts; everybody else sees what is offered to, or held by, the own agency. A shelter is
 * undisclosed: which one it is, and how full, only supervisors, operators and its own staff see.
 */
public final class RowScope {
    private RowScope() {}

    /** Whether the caller sees by district rather than by agency. */
    public static boolean seesByDistrict(Caller caller) {
        return caller.has(Roles.DONG_OFFICER)
                || caller.has(Roles.INVESTIGATOR)
                || caller.has(Roles.SUPERVISOR)
                || caller.has(Roles.AUDITOR);
    }

    /**
     * Why the caller may not see something of a child; empty if the caller may.
     *
     * @param agencyId the agency that holds it; null for none
     */
    public static Optional<Problem> refusalToSee(Caller caller, String districtCode, @Nullable UUID agencyId) {
        if (isOwn(caller, agencyId) || (seesByDistrict(caller) && caller.covers(districtCode))) {
            return Optional.empty();
        }
        return Optional.of(seesByDistrict(caller) ? Problems.OTHER_DISTRICT : Problems.OTHER_AGENCY);
    }

    /** Why the caller may not act for the agency; empty if it is the caller's own. */
    public static Optional<Problem> refusalToActFor(Caller caller, @Nullable UUID agencyId) {
        return isOwn(caller, agencyId) ? Optional.empty() : Optional.of(Problems.OTHER_AGENCY);
    }

    /** Why the caller may not act in the district; empty if it is one of the caller's. */
    public static Optional<Problem> refusalToActIn(Caller caller, String districtCode) {
        return caller.covers(districtCode) ? Optional.empty() : Optional.of(Problems.OTHER_DISTRICT);
    }

    /** Whether the caller may know which shelter it is. */
    public static boolean knowsShelter(Caller caller, @Nullable UUID shelterId) {
        return knowsAllShelters(caller) || isOwn(caller, shelterId);
    }

    /** Whether the caller may know every shelter, and how full it is. */
    public static boolean knowsAllShelters(Caller caller) {
        return caller.has(Roles.SUPERVISOR) || caller.has(Roles.OPERATOR);
    }

    private static boolean isOwn(Caller caller, @Nullable UUID agencyId) {
        return agencyId != null && agencyId.equals(caller.agencyId());
    }
}
