package org.jikimi.runtime.event;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.outbox.OutboxEvent;
import org.jikimi.runtime.time.Times;

/** Publishes contract records as CloudEvents through the outbox, in the transaction of the change they tell of. */
public final class Events {
    private final Outbox outbox;
    private final Times times;
    private final EventKinds kinds;

    /**
     * A publisher.
     */
    public Events(Outbox outbox, Times times, EventKinds kinds) {
        this.outbox = outbox;
        this.times = times;
        this.kinds = kinds;
    }

    public void publish(Connection tx, EventDraft... drafts) throws SQLException {
        publish(tx, List.of(drafts));
    }

    /** Publishes in the order given. */
    public void publish(Connection tx, List<EventDraft> drafts) throws SQLException {
        var stories = drafts.stream().map(EventDraft::correlation).distinct().toList();
        if (stories.size() == 1) {
            Tracing.belongsTo(stories.getFirst());
        }
        send(tx, drafts.stream().map(this::prepare).toList());
    }

    /** Publishes, in the order given, what was prepared. */
    public void send(Connection tx, List<OutboxEvent> prepared) throws SQLException {
        outbox.publish(tx, prepared);
    }

    /** An event as it will be published, with the time and the trace of now. */
    public OutboxEvent prepare(EventDraft draft) {
        var kind = kinds.of(draft.data().getClass());
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_type", kind.ceType());
        headers.put("ce_source", kind.ceSource());
        headers.put("ce_subject", draft.subject().toString());
        headers.put("ce_time", times.now().toString());
        headers.put("ce_dataschema", kind.dataSchema());
        headers.put("ce_correlationid", draft.correlation().toString());
        if (draft.causation() != null) {
            headers.put("ce_causationid", draft.causation().toString());
        }
        if (draft.districtCode() != null) {
            headers.put("ce_districtcode", draft.districtCode());
        }
        headers.put("content-type", "application/json");
        Tracing.current().ifPresent(parent -> headers.put(Tracing.TRACEPARENT, parent));
        return new OutboxEvent(
                EventIds.next(), kind.topic(), draft.key().toString(), headers, Json.write(draft.data()));
    }
}
