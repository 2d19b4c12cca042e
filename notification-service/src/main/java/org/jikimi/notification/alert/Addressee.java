package org.jikimi.notification.alert;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who must act.
 *
 * @param role their role
 * @param districtCode their district 자치구; null for the whole city
 * @param agencyId their agency; null where the district decides
 */
public record Addressee(
        RecipientRole role,
        @Nullable String districtCode,
        @Nullable UUID agencyId) {}
