package org.jikimi.notification.alert;

import java.util.Arrays;
import java.util.Optional;

/** Who can be asked to act: the roles of the realm. */
public enum RecipientRole {
    DONG_OFFICER("dong-officer"),
    ABUSE_INVESTIGATOR("abuse-investigator"),
    CASE_MANAGER("case-manager"),
    SHELTER_STAFF("shelter-staff"),
    POLICE("police"),
    SUPERVISOR("supervisor"),
    OPERATOR("operator"),
    ANALYST("analyst"),
    MEDICAL("medical"),
    SCHOOL("school"),
    AUDITOR("auditor"),
    WELFARE_PROVIDER("welfare-provider"),
    COACHING_PROVIDER("coaching-provider");

    private final String code;

    RecipientRole(String code) {
        this.code = code;
    }

    /** The role's name in tokens, mailboxes and events. */
    public String code() {
        return code;
    }

    /** Whether the role acts for an agency, and not for a district of the city. */
    public boolean worksInAgency() {
        return switch (this) {
            case CASE_MANAGER, SHELTER_STAFF, MEDICAL, SCHOOL, WELFARE_PROVIDER, COACHING_PROVIDER -> true;
            case DONG_OFFICER, ABUSE_INVESTIGATOR, POLICE, SUPERVISOR, OPERATOR, ANALYST, AUDITOR -> false;
        };
    }

    public static Optional<RecipientRole> of(String code) {
        return Arrays.stream(values()).filter(role -> role.code.equals(code)).findFirst();
    }
}
