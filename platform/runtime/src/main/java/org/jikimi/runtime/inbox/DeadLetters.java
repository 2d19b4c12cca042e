package org.jikimi.runtime.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.outbox.OutboxEvent;

/**
 * Tells {@code <service>.<Event>.dlq} of what cannot be applied, and why. Such a record may be anything at all, so
 * nothing of it is trusted: what is no event is known before a handler or a table sees it.
 */
final class DeadLetters {
    private static final String NO_KEY = "NO_KEY";
    private static final String NO_ID = "NO_ID";
    private static final String ID_NOT_UUIDV7 = "ID_NOT_UUIDV7";
    private static final String TOO_OLD = "TOO_OLD";
    private static final String TOO_LARGE = "TOO_LARGE";
    private static final String NOT_JSON = "NOT_JSON";
    private static final String OTHER_JSON = "OTHER_JSON";
    private static final String HANDLER_FAILED = "HANDLER_FAILED";

    private static final int LONGEST_KEY = 200;
    private static final int LARGEST_PAYLOAD = 262_144; // what an outbox takes, so no service of ours has sent more
    private static final int LONGEST_HEADER = 1_000;
    private static final int MOST_HEADERS = 50;

    private final String service;
    private final Outbox outbox;
    private final InstantSource now = InstantSource.system(); // ids tell the machines' time, never a simulated one
    private final AtomicLong sent = new AtomicLong();

    DeadLetters(String service, Outbox outbox) {
        this.service = service;
        this.outbox = outbox;
    }

    /** Why the record is no event that can be applied, whatever it says; empty if it may be one. */
    Optional<String> reasonFor(ReceivedEvent event) {
        if (!isKey(event.key())) {
            return Optional.of(NO_KEY);
        }
        if (event.id().version() != 7) { // its age is not known, so the inbox may have forgotten it
            return Optional.of(event.headers().containsKey("ce_id") ? ID_NOT_UUIDV7 : NO_ID);
        }
        if (event.payload().length > LARGEST_PAYLOAD) {
            return Optional.of(TOO_LARGE);
        }
        return EventIds.timeOf(event.id())
                .filter(at -> at.isBefore(now.instant().minus(InboxPartitions.REMEMBERED)))
                .map(forgotten -> TOO_OLD);
    }

    /** The key under which the record is ordered and told of: its own, or its place in Kafka if that is none. */
    static String keyOf(ReceivedEvent event) {
        return isKey(event.key()) ? event.key() : place(event);
    }

    private static boolean isKey(String key) {
        return !key.isBlank() && key.length() <= LONGEST_KEY && key.indexOf('\0') < 0;
    }

    /** The reason code of a failure. */
    static String codeOf(Throwable failure) {
        if (failure instanceof Json.Unreadable unreadable) {
            return unreadable.isHopeless() ? NOT_JSON : OTHER_JSON;
        }
        return HANDLER_FAILED;
    }

    /** Sends a dead letter with the transaction. A payload that is too large stays where {@code jikimi_failedplace} says. */
    void send(Connection tx, ReceivedEvent event, String code) throws SQLException {
        var headers = bounded(event.headers());
        headers.remove("ce_id");
        headers.remove("ce_sequence");
        headers.put("jikimi_reason", code);
        headers.put("jikimi_failedid", event.id().toString());
        headers.put("jikimi_failedplace", place(event));
        var payload = event.payload().length > LARGEST_PAYLOAD ? new byte[0] : event.payload();
        var dead = service + "." + event.topic() + ".dlq";
        outbox.publish(tx, List.of(new OutboxEvent(EventIds.next(), dead, keyOf(event), headers, payload)));
        sent.incrementAndGet();
    }

    /** Dead letters sent, or about to be with their transaction. */
    long sent() {
        return sent.get();
    }

    /** Or a foreign record whose headers nearly fill what Kafka takes would stop the relay. */
    private static Map<String, String> bounded(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().length() + header.getValue().length() <= LONGEST_HEADER)
                .sorted(Map.Entry.comparingByKey())
                .limit(MOST_HEADERS)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, same) -> one, HashMap::new));
    }

    private static String place(ReceivedEvent event) {
        return event.topic() + "-" + event.partition() + "-" + event.offset();
    }
}
