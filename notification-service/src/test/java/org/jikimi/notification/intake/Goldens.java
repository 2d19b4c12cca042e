package org.jikimi.notification.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jikimi.contracts.EventType;
import org.jikimi.contracts.EventTypes;
import org.jikimi.runtime.event.Json;
import org.jspecify.annotations.Nullable;

/** The golden examples of the contracts, with fields changed where a test needs it. */
final class Goldens {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Goldens() {}

    static EventType type(String topic) {
        return EventTypes.all().stream()
                .filter(type -> type.topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    static Record record(EventType type) {
        return Json.read(payload(type, Map.of()), type.dataClass());
    }

    static Record record(String topic, Map<String, Object> changes) {
        var type = type(topic);
        return Json.read(payload(type, changes), type.dataClass());
    }

    static byte[] payload(EventType type, Map<String, Object> changes) {
        try (var file = Objects.requireNonNull(EventTypes.class.getResourceAsStream("/" + type.goldenResource()))) {
            var json = (ObjectNode) JSON.readTree(file);
            changes.forEach((field, value) -> json.set(field, JSON.valueToTree(value)));
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Two changes, of which one may be to null. */
    static Map<String, Object> with(String field, @Nullable Object value, String other, @Nullable Object otherValue) {
        var changes = new HashMap<String, Object>();
        changes.put(field, value);
        changes.put(other, otherValue);
        return changes;
    }
}
