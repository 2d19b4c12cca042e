package org.jikimi.screening.round.screening;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.runtime.event.EventDraft;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.EventKinds;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.outbox.OutboxEvent;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.flag.Flag;
import org.jikimi.screening.flag.FlagEvents;

/** Publishes the flags of a round, one event a child, without a lock for each of them. */
@ApplicationScoped
public class FlagBulk {
    private final Outbox outbox;
    private final EventKinds kinds;
    private final Times times;

    public FlagBulk(Outbox outbox, EventKinds kinds, Times times) {
        this.outbox = outbox;
        this.kinds = kinds;
        this.times = times;
    }

    /**
     * Publishes them.
     *
     * @param children all children of the households
     */
    void publish(Connection tx, List<Flag> flags, Map<UUID, List<UUID>> children) throws SQLException {
        outbox.publishBulk(
                tx,
                flags.stream()
                        .map(flag -> event(FlagEvents.flagged(flag, children)))
                        .iterator());
    }

    private OutboxEvent event(EventDraft draft) {
        var kind = kinds.of(draft.data().getClass());
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_type", kind.ceType());
        headers.put("ce_source", kind.ceSource());
        headers.put("ce_subject", draft.subject().toString());
        headers.put("ce_time", times.now().toString());
        headers.put("ce_dataschema", kind.dataSchema());
        headers.put("ce_correlationid", draft.correlation().toString());
        headers.put("ce_districtcode", String.valueOf(draft.districtCode()));
        headers.put("content-type", "application/json");
        return new OutboxEvent(
                EventIds.next(), kind.topic(), draft.key().toString(), headers, Json.write(draft.data()));
    }
}
