package org.jikimi.screening.batch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON object a line ({@code application/x-ndjson}). Fields that are not asked for are ignored. */
final class JsonLines implements LineFormat {
    private static final int DEEPEST = 8;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Map<String, Integer>> inner = new HashMap<>();

    JsonLines(List<String> fields) {
        for (int i = 0; i < fields.size(); i++) {
            var path = fields.get(i).split("\\.", 2);
            if (path.length == 1) {
                places.put(path[0], i);
            } else {
                inner.computeIfAbsent(path[0], o -> new HashMap<>()).put(path[1], i);
            }
        }
    }

    @Override
    public Checked.@Nullable Bad<Object> read(byte[] buffer, int offset, int length, @Nullable String[] values) {
        Arrays.fill(values, null);
        if (!isUtf8(buffer, offset, length)) {
            return malformed();
        }
        try (var json = FACTORY.createParser(buffer, offset, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return malformed();
            }
            var wrong = object(json, places, inner, values);
            if (wrong != null) {
                return wrong;
            }
            return json.nextToken() == null ? null : malformed();
        } catch (StreamConstraintsException e) {
            return new Checked.Bad<>(
                    RejectionCode.TOO_DEEP, "nested more than " + DEEPEST + " deep, or a number too long");
        } catch (IOException e) {
            return malformed();
        }
    }

    /** The parser takes overlong forms and numbers beyond Unicode for characters; most lines are ASCII. */
    private boolean isUtf8(byte[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (buffer[i] < 0) {
                try {
                    strict.decode(ByteBuffer.wrap(buffer, i, offset + length - i));
                    return true;
                } catch (CharacterCodingException e) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Checked.@Nullable Bad<Object> object(
            JsonParser json,
            Map<String, Integer> places,
            Map<String, Map<String, Integer>> inner,
            @Nullable String[] values)
            throws IOException {
        Checked.@Nullable Bad<Object> wrong = null; // read on: a line that is no JSON is called so first
        for (var name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            var value = json.nextToken();
            var place = places.get(name);
            var object = inner.get(name);
            if (place != null && value == JsonToken.VALUE_STRING) {
                values[place] = json.getText();
            } else if (object != null && value == JsonToken.START_OBJECT) {
                var inside = object(json, object, Map.of(), values);
                wrong = wrong == null ? inside : wrong;
            } else {
                if (value != JsonToken.VALUE_NULL && (place != null || object != null) && wrong == null) {
                    wrong = new Checked.Bad<>(
                            RejectionCode.WRONG_TYPE, name + " must be " + (place != null ? "a text" : "an object"));
                }
                json.skipChildren();
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT) {
            return malformed();
        }
        return wrong;
    }

    private static Checked.Bad<Object> malformed() {
        return new Checked.Bad<>(RejectionCode.MALFORMED_JSON, "not one JSON object");
    }
}
