package org.jikimi.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jikimi.contracts.cases.v1.VisitCompleted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No name, address, phone, national identifier or free text stands in an event. */
class PrivacyTest {

    private static final Set<String> PERSONAL =
            Set.of("name", "address", "phone", "rrn", "tnn", "tmn", "identifier", "email", "text", "note");

    @ParameterizedTest
    @MethodSource("org.jikimi.contracts.ContractFiles#everyEvent")
    void no_schema_has_a_field_for_personal_data(EventType type) {
        assertThat(personalFields(ContractFiles.schema(type))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("org.jikimi.contracts.ContractFiles#everyEvent")
    void no_schema_has_room_for_free_text(EventType type) {
        assertThat(freeTextFields("", ContractFiles.schema(type))).isEmpty();
    }

    @Test
    void a_planted_personal_field_is_caught_wherever_it_hides() {
        for (String planted : List.of("name", "childName", "home_address", "phones", "RRN", "reporterEmail", "note2")) {
            ObjectNode schema = (ObjectNode) ContractFiles.schema(EventTypes.of(VisitCompleted.class));
            ((ObjectNode) schema.path("properties").path("needs").path("items").path("properties")).putObject(planted);

            assertThat(personalFields(schema)).containsExactly(planted);
        }
    }

    @Test
    void a_planted_free_text_is_caught_wherever_it_hides() {
        ObjectNode schema = (ObjectNode) ContractFiles.schema(EventTypes.of(VisitCompleted.class));
        JsonNode needs = schema.path("properties").path("needs").path("items").path("properties");
        ((ObjectNode) needs).putObject("wish").put("type", "string");
        ((ObjectNode) schema.path("properties"))
                .putObject("wishes")
                .put("type", "array")
                .putObject("items")
                .put("type", "string");

        assertThat(freeTextFields("", schema)).containsExactlyInAnyOrder(".needs[].wish", ".wishes[]");
    }

    private static List<String> personalFields(JsonNode schema) {
        List<String> found = new ArrayList<>();
        for (JsonNode properties : schema.findValues("properties")) {
            properties.fieldNames().forEachRemaining(field -> {
                if (words(field).stream().anyMatch(PERSONAL::contains)) {
                    found.add(field);
                }
            });
            for (JsonNode property : properties) {
                found.addAll(personalFields(property));
            }
        }
        return found;
    }

    /** The words of a field name, in lower case and the singular: {@code homeAddresses} is home and address. */
    private static List<String> words(String field) {
        List<String> words = new ArrayList<>();
        for (String part : field.replaceAll("([a-z0-9])([A-Z])", "$1 $2").split("[^A-Za-z]+", -1)) {
            String word = part.toLowerCase(Locale.ROOT);
            words.add(word);
            words.add(word.replaceFirst("s$", ""));
            words.add(word.replaceFirst("es$", ""));
        }
        return words;
    }

    /** A string is a code, an id or a time: it has an enum, a format or a pattern that admits no blank. */
    private static List<String> freeTextFields(String where, JsonNode schema) {
        List<String> found = new ArrayList<>();
        boolean mayBeString = schema.path("type").toString().contains("\"string\"");
        boolean bounded = schema.has("enum")
                || schema.has("format")
                || (schema.has("pattern")
                        && !"a b".matches(schema.path("pattern").asText()));
        if (mayBeString && !bounded) {
            found.add(where);
        }
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            found.addAll(freeTextFields(where + "." + property.getKey(), property.getValue()));
        }
        if (schema.has("items")) {
            found.addAll(freeTextFields(where + "[]", schema.path("items")));
        }
        return found;
    }
}
