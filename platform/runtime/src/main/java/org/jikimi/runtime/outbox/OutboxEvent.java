package org.jikimi.runtime.outbox;

import java.util.Map;
import java.util.UUID;

/**
 * An event about to leave.
 *
 * @param id the CloudEvents id, a UUIDv7; the same id is applied once by every consumer
 * @param type the topic, which is the event's name
 * @param key the id whose events keep their order: the child, or the aggregate where no child is meant; not empty
 * @param headers CloudEvents attributes as {@code ce_…} headers; {@code ce_id} and {@code ce_sequence} are added
 * @param payload JSON, 262,144 bytes at most
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and too hot to be copied
public record OutboxEvent(UUID id, String type, String key, Map<String, String> headers, byte[] payload) {
    public OutboxEvent {
        if (type.isBlank() || key.isBlank()) {
            throw new IllegalArgumentException("an event has a type and a key");
        }
        headers = Map.copyOf(headers);
    }

    /** Ids alone: what an event says is nobody's business in a log. */
    @Override
    public String toString() {
        return type + " " + id;
    }
}
