package org.jikimi.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jikimi.contracts.screening.v1.ChildFlagged;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventSchemaTest {

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private static final Map<Class<?>, String> JSON_TYPES = Map.of(
            UUID.class, "string:uuid",
            Instant.class, "string:date-time",
            LocalDate.class, "string:date",
            String.class, "string:",
            int.class, "integer:",
            Integer.class, "integer:",
            long.class, "integer:",
            boolean.class, "boolean:",
            Boolean.class, "boolean:",
            List.class, "array:");

    @ParameterizedTest
    @MethodSource("org.jikimi.contracts.ContractFiles#everyEvent")
    void every_golden_file_is_valid_by_its_schema(EventType type) {
        assertThat(problems(type, ContractFiles.golden(type))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("org.jikimi.contracts.ContractFiles#everyEvent")
    void every_schema_is_valid_json_schema_2020_12(EventType type) {
        JsonSchema dialect = factory().getSchema(SchemaLocation.of(DIALECT), config());

        assertThat(dialect.validate(ContractFiles.schema(type))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("org.jikimi.contracts.ContractFiles#everyEvent")
    void every_schema_says_what_it_is_and_lets_unknown_fields_pass(EventType type) {
        JsonNode schema = ContractFiles.schema(type);

        assertThat(schema.path("$schema").asText()).isEqualTo(DIALECT);
        assertThat(schema.path("$id").asText()).isEqualTo(type.dataSchema());
        assertThat(schema.path("title").asText()).isEqualTo(type.topic());
        assertThat(schema.path("additionalProperties").asBoolean(false)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("org.jikimi.contracts.ContractFiles#everyEvent")
    void record_and_schema_have_the_same_fields_of_the_same_types(EventType type) {
        assertThat(differences(type.topic(), type.dataClass(), ContractFiles.schema(type)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("org.jikimi.contracts.ContractFiles#everyEvent")
    void every_event_carries_the_version_and_the_resulting_state(EventType type) {
        assertThat(type.dataClass().getRecordComponents())
                .extracting(RecordComponent::getName)
                .startsWith(type.dataClass().getRecordComponents()[0].getName(), "version", "state");
        assertThat(type.dataClass().getRecordComponents()[0].getType()).isEqualTo(UUID.class);
    }

    @Test
    void a_golden_file_with_a_wrong_format_code_or_lack_is_caught() {
        EventType type = EventTypes.of(ChildFlagged.class);
        ObjectNode golden = (ObjectNode) ContractFiles.golden(type);

        assertThat(problems(type, golden.deepCopy().put("asOf", "yesterday"))).isNotEmpty();
        assertThat(problems(type, golden.deepCopy().put("flagId", "42"))).isNotEmpty();
        assertThat(problems(type, golden.deepCopy().put("state", "WISHED"))).isNotEmpty();
        assertThat(problems(type, golden.deepCopy().without("childId"))).isNotEmpty();
    }

    @Test
    void a_component_that_the_schema_lacks_or_requires_wrongly_is_caught() {
        EventType type = EventTypes.of(ChildFlagged.class);
        ObjectNode schema = (ObjectNode) ContractFiles.schema(type);
        ((ObjectNode) schema.path("properties")).remove("rank");
        ((ObjectNode) schema.path("properties").path("score")).put("type", "string");
        ((ObjectNode) schema.path("properties").path("reasons").path("items").path("properties")).putObject("weight");
        schema.withArray("required").remove(0);

        assertThat(differences("ChildFlagged", ChildFlagged.class, schema))
                .anyMatch(it -> it.startsWith("ChildFlagged: fields"))
                .anyMatch(it -> it.startsWith("ChildFlagged: required"))
                .anyMatch(it -> it.startsWith("ChildFlagged.score: "))
                .anyMatch(it -> it.startsWith("ChildFlagged.reasons: fields"));
    }

    private static List<String> problems(EventType type, JsonNode data) {
        JsonSchema schema = factory().getSchema(ContractFiles.schema(type), config());
        return schema.validate(data).stream().map(Object::toString).toList();
    }

    private static JsonSchemaFactory factory() {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    }

    private static SchemaValidatorsConfig config() {
        return SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    }

    private static List<String> differences(String where, Class<?> record, JsonNode schema) {
        List<String> found = new ArrayList<>();
        List<RecordComponent> components = List.of(record.getRecordComponents());
        JsonNode properties = schema.path("properties");

        var inRecord = names(components.stream());
        var inSchema = new TreeSet<String>();
        properties.fieldNames().forEachRemaining(inSchema::add);
        if (!inRecord.equals(inSchema)) {
            found.add(where + ": fields of the record " + inRecord + ", of the schema " + inSchema);
        }

        var neededByRecord = names(components.stream().filter(it -> !it.isAnnotationPresent(MayBeAbsent.class)));
        var neededBySchema = StreamSupport.stream(schema.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!neededByRecord.equals(neededBySchema)) {
            found.add(where + ": required by the record " + neededByRecord + ", by the schema " + neededBySchema);
        }

        for (RecordComponent component : components) {
            JsonNode property = properties.path(component.getName());
            String field = where + "." + component.getName();
            boolean optional = component.isAnnotationPresent(MayBeAbsent.class);
            JsonNode typeNode = property.path("type");
            String jsonType = (optional ? typeNode.path(0) : typeNode).asText();
            String actual = jsonType + ":" + property.path("format").asText();
            if (!actual.equals(JSON_TYPES.get(component.getType()))) {
                found.add(field + ": " + component.getType().getSimpleName() + " in the record, " + actual
                        + " in the schema");
            }
            if (optional && !"null".equals(typeNode.path(1).asText())) {
                found.add(field + ": may be absent, but the schema does not allow null");
            }
            if (component.getGenericType() instanceof ParameterizedType list) {
                Type element = list.getActualTypeArguments()[0];
                JsonNode items = property.path("items");
                if (element instanceof Class<?> nested && nested.isRecord()) {
                    found.addAll(differences(field, nested, items));
                } else if (!(items.path("type").asText() + ":"
                                + items.path("format").asText())
                        .equals(JSON_TYPES.get(element))) {
                    found.add(field + ": elements differ");
                }
            }
        }
        return found;
    }

    private static Set<String> names(Stream<RecordComponent> components) {
        return components.map(RecordComponent::getName).collect(Collectors.toCollection(TreeSet::new));
    }
}
