package org.jikimi.referral.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.jikimi.contracts.EventType;
import org.jikimi.contracts.EventTypes;

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

    static byte[] payload(EventType type, Map<String, Object> changes) {
        try (var file = Objects.requireNonNull(EventTypes.class.getResourceAsStream("/" + type.goldenResource()))) {
            var json = (ObjectNode) JSON.readTree(file);
            changes.forEach((field, value) -> json.set(field, JSON.valueToTree(value)));
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
