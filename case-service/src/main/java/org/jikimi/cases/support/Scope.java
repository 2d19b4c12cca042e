package org.jikimi.cases.support;

import java.util.UUID;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Who may see which rows of this service. Everything has a district, and a caller sees the caller's own districts
 * alone; police see visits that are joint with them, and a case manager the case files of the manager's own agency.
 */
public final class Scope {
    public static final String DONG_OFFICER = "dong-officer";
    public static final String INVESTIGATOR = "abuse-investigator";
    public static final String CASE_MANAGER = "case-manager";
    public static final String POLICE = "police";
    public static final String SUPERVISOR = "supervisor";
    public static final String AUDITOR = "auditor";
    public static final String MEDICAL = "medical";
    public static final String SCHOOL = "school";
    public static final String GATEWAY = "report-gateway";

    private Scope() {}

    /** The districts a list is narrowed to: the caller's, or of these the one that was asked for. */
    public static Object[] districts(Caller caller, @Nullable String asked) {
        return caller.districts().stream()
                .filter(district -> asked == null || district.equals(asked))
                .toArray();
    }

    /** Whether the caller sees joint visits alone. */
    public static boolean jointVisitsOnly(Caller caller) {
        return caller.has(POLICE)
                && !caller.has(DONG_OFFICER)
                && !caller.has(INVESTIGATOR)
                && !caller.has(SUPERVISOR)
                && !caller.has(AUDITOR);
    }

    /** The agency that a list of case files is narrowed to; null for whoever sees the whole district. */
    public static @Nullable UUID agencyOnly(Caller caller) {
        if (caller.has(INVESTIGATOR) || caller.has(SUPERVISOR) || caller.has(AUDITOR)) {
            return null;
        }
        return requireAgency(caller);
    }

    /**
     * Lets the caller see a case file.
     *
     * @throws ProblemException 403 of another district or agency
     */
    public static void requireCase(Call call, String districtCode, @Nullable UUID agencyId) {
        call.requireDistrict(districtCode);
        var only = agencyOnly(call.caller());
        if (only != null && !only.equals(agencyId)) {
            throw new ProblemException(Problems.OTHER_AGENCY);
        }
    }

    /** Whether the caller works on the case: the agency that holds it does. */
    public static boolean worksOnCase(Caller caller, @Nullable UUID agencyId) {
        return caller.has(CASE_MANAGER) && agencyId != null && agencyId.equals(caller.agencyId());
    }

    /** Whether the caller is shown who reported and what was told: the investigator of the district alone. */
    public static boolean opensReports(Caller caller, String districtCode) {
        return caller.has(INVESTIGATOR) && caller.covers(districtCode);
    }

    private static UUID requireAgency(Caller caller) {
        if (caller.agencyId() == null) {
            throw new ProblemException(Problems.OTHER_AGENCY);
        }
        return caller.agencyId();
    }
}
