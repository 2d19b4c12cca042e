package org.jikimi.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AsyncApiTest {

    private static final JsonNode DOCUMENT = document();

    @Test
    void it_is_asyncapi_3_and_names_exactly_the_events_of_the_platform() {
        List<String> topics = EventTypes.all().stream().map(EventType::topic).toList();

        assertThat(DOCUMENT.path("asyncapi").asText()).isEqualTo("3.0.0");
        assertThat(fields(DOCUMENT.path("channels"))).containsExactlyInAnyOrderElementsOf(topics);
        assertThat(fields(DOCUMENT.path("components").path("messages"))).containsExactlyInAnyOrderElementsOf(topics);
        assertThat(fields(DOCUMENT.path("operations")))
                .containsExactlyInAnyOrderElementsOf(EventTypes.all().stream()
                        .map(type -> type.producer() + "Sends" + type.topic())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("org.jikimi.contracts.ContractFiles#everyEvent")
    void every_message_points_to_its_schema_and_names_its_type(EventType type) {
        JsonNode message = DOCUMENT.path("components").path("messages").path(type.topic());
        JsonNode headers = message.path("headers").path("allOf").path(1).path("properties");
        String schema = message.path("payload").path("schema").path("$ref").asText();

        assertThat("contracts/" + schema.substring(2)).isEqualTo(type.schemaResource());
        assertThat(ContractFiles.bytes(type.schemaResource())).isNotEmpty();
        assertThat(headers.path("ce_type").path("const").asText()).isEqualTo(type.ceType());
        assertThat(headers.path("ce_source").path("const").asText()).isEqualTo(type.ceSource());
        assertThat(headers.path("ce_dataschema").path("const").asText()).isEqualTo(type.dataSchema());
        assertThat(DOCUMENT.path("channels").path(type.topic()).path("address").asText())
                .isEqualTo(type.topic());
    }

    @Test
    void every_reference_inside_the_document_leads_somewhere() {
        List<String> inside = DOCUMENT.findValuesAsText("$ref").stream()
                .filter(it -> it.startsWith("#"))
                .toList();

        assertThat(inside)
                .isNotEmpty()
                .allSatisfy(ref -> assertThat(DOCUMENT.at(ref.substring(1)).isMissingNode())
                        .as(ref)
                        .isFalse());
    }

    @Test
    void the_headers_are_those_of_cloudevents_and_of_the_trace() {
        assertThat(fields(DOCUMENT.at("/components/schemas/CloudEventHeaders/properties")))
                .contains(
                        "ce_id",
                        "ce_type",
                        "ce_source",
                        "ce_subject",
                        "ce_time",
                        "ce_dataschema",
                        "ce_sequence",
                        "ce_correlationid",
                        "ce_causationid",
                        "ce_districtcode",
                        "ce_resent",
                        "traceparent");
    }

    private static List<String> fields(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode document() {
        try {
            return new YAMLMapper().readTree(ContractFiles.bytes("contracts/asyncapi.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
