package org.jikimi.cases.report;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A report as it is sent.
 *
 * @param childId the child, as the registry's match or provisional child answered
 * @param channel anything but {@code VISIT}
 * @param urgency {@code EMERGENCY}, {@code URGENT} or {@code ORDINARY}
 * @param suspectedTypes may be empty
 * @param districtCode where the child lives, five digits
 * @param dongCode ten digits, if known
 * @param reporter who reports; sealed, and may be left out
 * @param narrative what is told, at most 20,000 characters; sealed
 * @param campaignCode campaign that led to it, if any
 * @param excludedAgencyIds institutions that are accused
 */
public record ReportRequest(
        @Nullable UUID childId,
        @Nullable Channel channel,
        @Nullable Urgency urgency,
        @Nullable List<@Nullable AbuseType> suspectedTypes,
        @Nullable String districtCode,
        @Nullable String dongCode,
        @Nullable Reporter reporter,
        @Nullable String narrative,
        @Nullable String campaignCode,
        @Nullable List<@Nullable UUID> excludedAgencyIds) {
    static final ReportRequest EMPTY = new ReportRequest(null, null, null, null, null, null, null, null, null, null);

    /**
     * Who reports.
     *
     * @param relation relation to the child or profession, in free text
     */
    public record Reporter(
            @Nullable String name,
            @Nullable String phone,
            @Nullable String relation,
            @Nullable String address) {
        /** Tells nothing. */
        @Override
        public String toString() {
            return "a reporter";
        }
    }

    /** Tells nothing personal. */
    @Override
    public String toString() {
        return "a report by " + channel;
    }
}
