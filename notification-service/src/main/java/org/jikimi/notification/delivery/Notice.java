package org.jikimi.notification.delivery;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be delivered, and to whom.
 *
 * @param alertId the alert it tells of
 * @param level how often it has been escalated, from 0
 * @param role role of those who must act
 * @param districtCode their district; null for the whole city
 * @param agencyId their agency; null where the district decides
 * @param eventType name of the event that called for it
 * @param correlationId the flag or report that began it all
 * @param priority 0 leaves first
 * @param subject line, nothing personal
 * @param text body, nothing personal
 */
public record Notice(
        UUID alertId,
        int level,
        String role,
        @Nullable String districtCode,
        @Nullable UUID agencyId,
        String eventType,
        UUID correlationId,
        int priority,
        String subject,
        String text) {

    /** The role's own mailbox, so that an alert reaches somebody even if nobody subscribed: its local part. */
    String mailbox() {
        if (agencyId != null) {
            return role + "." + agencyId;
        }
        return districtCode == null ? role : role + "." + districtCode;
    }
}
