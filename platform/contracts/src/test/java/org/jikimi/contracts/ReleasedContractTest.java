package org.jikimi.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jikimi.contracts.cases.v1.VisitCompleted;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Versions N and N-1 of the services run together: new events are read with the schemas last released, and events of the
 * last release with today's schemas and records.
 */
class ReleasedContractTest {
    private static final Path RELEASED = Path.of("src/test/resources/released");

    private static final EventType VISIT = EventTypes.of(VisitCompleted.class);

    @BeforeAll
    static void release() throws IOException {
        if (System.getProperty("contracts.release") != null) {
            for (EventType type : EventTypes.all()) {
                for (String file : List.of(type.schemaResource(), type.goldenResource())) {
                    Files.createDirectories(RELEASED.resolve(file).getParent());
                    Files.write(RELEASED.resolve(file), ContractFiles.bytes(file));
                }
            }
        }
    }

    static Stream<EventType> releasedEvents() {
        return EventTypes.all().stream().filter(type -> Files.exists(RELEASED.resolve(type.schemaResource())));
    }

    @Test
    void no_released_event_is_gone() throws IOException {
        var known = new TreeSet<String>();
        EventTypes.all().forEach(type -> known.addAll(List.of(type.schemaResource(), type.goldenResource())));

        try (Stream<Path> files = Files.walk(RELEASED)) {
            List<String> released = files.filter(file -> file.toString().endsWith(".json"))
                    .map(file -> RELEASED.relativize(file).toString())
                    .toList();
            assertThat(released).isNotEmpty().isSubsetOf(known);
        }
    }

    @ParameterizedTest
    @MethodSource("releasedEvents")
    void a_new_event_is_valid_by_the_released_schema(EventType type) {
        assertThat(problems(released(type.schemaResource()), ContractFiles.golden(type)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("releasedEvents")
    void a_released_event_is_valid_by_the_new_schema_and_is_read_by_the_new_record(EventType type) {
        JsonNode old = released(type.goldenResource());

        assertThat(problems(ContractFiles.schema(type), old)).isEmpty();
        assertThatCode(() -> ContractFiles.JSON.treeToValue(old, type.dataClass()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("releasedEvents")
    void only_what_may_be_absent_was_added_since_the_release(EventType type) {
        assertThat(breaks(type.topic(), released(type.schemaResource()), ContractFiles.schema(type)))
                .isEmpty();
    }

    @Test
    void an_optional_field_and_one_more_code_stay_v1() {
        ObjectNode grown = (ObjectNode) ContractFiles.schema(VISIT);
        properties(grown).putObject("weather").putArray("type").add("string").add("null");
        properties(grown).withObject("/outcome").withArray("enum").add("OUTCOME_OF_TOMORROW");

        assertThat(breaks("VisitCompleted", released(VISIT.schemaResource()), grown))
                .isEmpty();
        assertThat(problems(grown, released(VISIT.goldenResource()))).isEmpty();
        assertThat(problems(
                        released(VISIT.schemaResource()),
                        ((ObjectNode) ContractFiles.golden(VISIT)).put("weather", "snow")))
                .isEmpty();
    }

    @Test
    void an_incompatible_change_is_refused() throws JsonProcessingException {
        JsonNode released = released(VISIT.schemaResource());
        ObjectNode needed = (ObjectNode) ContractFiles.schema(VISIT);
        properties(needed).putObject("weather").put("type", "string");
        needed.withArray("required").add("weather");
        ObjectNode lost = (ObjectNode) ContractFiles.schema(VISIT);
        properties(lost).remove("outcome");
        ObjectNode retyped = (ObjectNode) ContractFiles.schema(VISIT);
        properties(retyped).withObject("/version").put("type", "string");
        ObjectNode fewerCodes = (ObjectNode) ContractFiles.schema(VISIT);
        properties(fewerCodes).withObject("/outcome").withArray("enum").remove(0);

        assertThat(breaks("V", released, needed)).singleElement().asString().contains("weather is required");
        assertThat(breaks("V", released, lost)).isNotEmpty().anyMatch(it -> it.contains("outcome is gone"));
        assertThat(breaks("V", released, retyped)).anyMatch(it -> it.contains("version is of another type"));
        assertThat(breaks("V", released, fewerCodes)).anyMatch(it -> it.contains("outcome has lost codes"));
        assertThat(problems(needed, released(VISIT.goldenResource()))).isNotEmpty();
        assertThat(problems(released, ((ObjectNode) ContractFiles.golden(VISIT)).without("outcome")))
                .isNotEmpty();
        assertThat(problems(released, ((ObjectNode) ContractFiles.golden(VISIT)).put("version", "one")))
                .isNotEmpty();
    }

    /** What of the new schema an older writer or reader cannot live with. */
    private static List<String> breaks(String where, JsonNode released, JsonNode today) {
        var found = new ArrayList<String>();
        Set<String> neededThen = texts(released.path("required"));
        Set<String> neededNow = texts(today.path("required"));
        for (String name : neededNow) {
            if (!neededThen.contains(name)) {
                found.add(where + ": " + name + " is required, and events of the release lack it");
            }
        }
        released.path("properties").properties().forEach(field -> {
            JsonNode then = field.getValue();
            JsonNode now = today.path("properties").path(field.getKey());
            String name = where + ": " + field.getKey();
            if (now.isMissingNode()) {
                found.add(name + " is gone");
                return;
            }
            if (neededThen.contains(field.getKey()) && !neededNow.contains(field.getKey())) {
                found.add(name + " may be absent now, and the release needs it");
            }
            if (!then.path("type").equals(now.path("type"))
                    || !then.path("format").equals(now.path("format"))) {
                found.add(name + " is of another type");
            }
            if (!texts(now.path("enum")).containsAll(texts(then.path("enum")))) {
                found.add(name + " has lost codes");
            }
            found.addAll(breaks(where + "." + field.getKey(), then.path("items"), now.path("items")));
        });
        return found;
    }

    private static Set<String> texts(JsonNode array) {
        var texts = new TreeSet<String>();
        StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).forEach(texts::add);
        return texts;
    }

    private static ObjectNode properties(ObjectNode schema) {
        return (ObjectNode) schema.path("properties");
    }

    private static List<String> problems(JsonNode schema, JsonNode data) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(
                        schema,
                        SchemaValidatorsConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build())
                .validate(data)
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static JsonNode released(String file) {
        try {
            return ContractFiles.JSON.readTree(Files.readAllBytes(RELEASED.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
