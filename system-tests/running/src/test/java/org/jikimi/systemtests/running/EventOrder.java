package org.jikimi.systemtests.running;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jikimi.systemtests.EventLog;

/**
 * What Kafka promises to hold: every id once, except for exact re-sends; and, per source, topic and key, first arrivals
 * in the order of {@code ce_sequence}, all in one partition.
 */
final class EventOrder {
    private record Stream(String source, String topic, String key) {}

    private final Map<String, EventLog.Entry> firstById = new HashMap<>();
    private final Map<Stream, EventLog.Entry> newest = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private int repeats;

    private EventOrder() {}

    /** Looks at entries that are in the order of each partition. */
    static EventOrder of(List<EventLog.Entry> entries) {
        var order = new EventOrder();
        entries.forEach(order::take);
        return order;
    }

    /** What is not as it must be, a sentence each. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    /** Exact re-sends. */
    int repeats() {
        return repeats;
    }

    /** Events, re-sends not counted. */
    int events() {
        return firstById.size();
    }

    private void take(EventLog.Entry entry) {
        if (entry.id().isEmpty() || entry.key().isEmpty() || entry.sequence() < 0) {
            violations.add(entry + " lacks an id, a key or a sequence");
            return;
        }
        var first = firstById.putIfAbsent(entry.id(), entry);
        if (first != null) {
            repeats++;
            if (!entry.repeats(first)) {
                violations.add(entry + " has the id of another event, " + first);
            }
            return;
        }
        var stream = new Stream(entry.headers().getOrDefault("ce_source", ""), entry.topic(), entry.key());
        var before = newest.put(stream, entry);
        if (before != null && before.partition() != entry.partition()) {
            violations.add(entry + " lies in another partition than " + before);
        }
        if (before != null && before.sequence() >= entry.sequence()) {
            violations.add(
                    entry + " goes back behind " + before + ": " + entry.sequence() + " after " + before.sequence());
        }
    }
}
