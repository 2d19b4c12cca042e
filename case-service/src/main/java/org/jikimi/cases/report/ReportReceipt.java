package org.jikimi.cases.report;

import java.time.Instant;
import java.util.UUID;

/** What a reporter learns: that the report was taken in, and nothing of what is known of the child. */
public record ReportReceipt(UUID id, UUID childId, Channel channel, Urgency urgency, Instant reportedAt) {
    static ReportReceipt of(Report report) {
        return new ReportReceipt(
                report.id(), report.childId(), report.channel(), report.urgency(), report.reportedAt());
    }
}
