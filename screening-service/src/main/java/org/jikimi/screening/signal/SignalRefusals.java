package org.jikimi.screening.signal;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.outbox.OutboxEvent;
import org.jikimi.runtime.time.Times;

/** Tells a source which of its records were not taken, on a topic that it alone reads. */
@ApplicationScoped
class SignalRefusals {
    private static final int LONGEST_ID = 200;
    private static final Comparator<Refusal> IN_ORDER = Comparator.comparingInt(
                    (Refusal refusal) -> refusal.record().partition())
            .thenComparingLong(refusal -> refusal.record().offset());

    private final Outbox outbox;
    private final Times times;

    SignalRefusals(Outbox outbox, Times times) {
        this.outbox = outbox;
        this.times = times;
    }

    /**
     * A record and why it was not taken.
     *
     * @param code as a batch rejects lines, such as {@code unknown-subject}
     * @param message what to correct; never a value of the record
     */
    record Refusal(ReceivedEvent record, String code, String message) {}

    /**
     * What stands in the event.
     *
     * @param recordId {@code ce_id} of the record; empty if it has none
     * @param partition partition of the source's topic, and {@code offset} the place in it
     */
    record SignalRejected(
            String recordId, int partition, long offset, String code, String message, Instant rejectedAt) {}

    /** Tells them in the order of their records, partition by partition. */
    void tell(Connection tx, SignalSource source, List<Refusal> refusals) throws SQLException {
        var events = new ArrayList<OutboxEvent>();
        for (var refusal : refusals.stream().sorted(IN_ORDER).toList()) {
            var record = refusal.record();
            var recordId = record.headers().getOrDefault("ce_id", "");
            var data = new SignalRejected(
                    recordId.substring(0, Math.min(recordId.length(), LONGEST_ID)),
                    record.partition(),
                    record.offset(),
                    refusal.code(),
                    refusal.message(),
                    times.now());
            var place = source.topic() + "-" + record.partition();
            events.add(new OutboxEvent(
                    EventIds.next(), source.rejected(), place, headers(place, record), Json.write(data)));
        }
        outbox.publish(tx, events);
    }

    private Map<String, String> headers(String place, ReceivedEvent record) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_type", "org.jikimi.screening.SignalRejected.v1");
        headers.put("ce_source", "/screening");
        headers.put("ce_subject", place + "-" + record.offset());
        headers.put("ce_time", times.now().toString());
        headers.put("ce_dataschema", "urn:jikimi:signals:SignalRejected:v1");
        headers.put("content-type", "application/json");
        return headers;
    }
}
