package org.jikimi.city.story;

/** Which sample user acts for whom. */
final class Users {
    static final String SUPERVISOR = "supervisor-1";

    private Users() {}

    /** The user who works for an agency, by the kind and number in its id. */
    static String ofAgency(String agencyId) {
        int kind = Integer.parseInt(agencyId, 20, 23, 10);
        long number = Long.parseLong(agencyId, 24, 36, 10);
        return switch (kind) {
            case 1 -> "cpa-" + number;
            case 2 -> "shelter-" + number;
            case 3 -> "officer-" + number;
            case 4 -> "police-" + number;
            case 5 -> "clinic-" + number;
            case 6 -> "school-" + number;
            case 7 -> "dreamstart-" + number;
            case 8 -> "welfare-" + number;
            case 9 -> "coaching-" + number;
            default -> throw new IllegalArgumentException("no agency of kind " + kind);
        };
    }

    /** The user who acts in a role, for an agency if one is named, else in a district. */
    static String inRole(String role, String districtCode, String agencyId) {
        if (!agencyId.isEmpty()) {
            return ofAgency(agencyId);
        }
        return switch (role) {
            case "dong-officer" -> "officer-" + districtCode;
            case "abuse-investigator" -> "investigator-" + districtCode;
            case "police" -> "police-" + districtCode;
            case "analyst" -> "analyst-1";
            case "operator" -> "operator-1";
            default -> SUPERVISOR;
        };
    }
}
