package org.jikimi.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import org.jikimi.contracts.cases.v1.VisitCompleted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventRoundTripTest {

    @ParameterizedTest
    @MethodSource("org.jikimi.contracts.ContractFiles#everyEvent")
    void every_record_round_trips_its_golden_file_exactly(EventType type) throws IOException {
        JsonNode golden = ContractFiles.golden(type);

        Record event = ContractFiles.JSON.treeToValue(golden, type.dataClass());

        assertThat(ContractFiles.JSON.readTree(ContractFiles.JSON.writeValueAsBytes(event)))
                .isEqualTo(golden);
    }

    @ParameterizedTest
    @MethodSource("org.jikimi.contracts.ContractFiles#everyEvent")
    void a_field_of_a_newer_producer_is_ignored(EventType type) throws JsonProcessingException {
        ObjectNode golden = (ObjectNode) ContractFiles.golden(type);
        Record known = ContractFiles.JSON.treeToValue(golden, type.dataClass());

        Record event = ContractFiles.JSON.treeToValue(golden.put("fieldOfTomorrow", true), type.dataClass());

        assertThat(event).isEqualTo(known);
    }

    @ParameterizedTest
    @MethodSource("org.jikimi.contracts.ContractFiles#everyEvent")
    void a_required_component_that_is_missing_is_refused(EventType type) {
        for (RecordComponent component : type.dataClass().getRecordComponents()) {
            if (component.isAnnotationPresent(MayBeAbsent.class)
                    || component.getType().isPrimitive()) {
                continue;
            }
            ObjectNode event = (ObjectNode) ContractFiles.golden(type);
            event.remove(component.getName());

            assertThatThrownBy(() -> ContractFiles.JSON.treeToValue(event, type.dataClass()))
                    .as(component.getName())
                    .isInstanceOf(JsonMappingException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("org.jikimi.contracts.ContractFiles#everyEvent")
    void a_component_that_may_be_absent_is_null_when_it_is(EventType type)
            throws ReflectiveOperationException, JsonProcessingException {
        for (RecordComponent component : type.dataClass().getRecordComponents()) {
            if (!component.isAnnotationPresent(MayBeAbsent.class)) {
                continue;
            }
            ObjectNode data = (ObjectNode) ContractFiles.golden(type);
            data.remove(component.getName());

            Record event = ContractFiles.JSON.treeToValue(data, type.dataClass());

            assertThat(component.getAccessor().invoke(event))
                    .as(component.getName())
                    .isNull();
        }
    }

    @Test
    void a_code_of_a_newer_producer_is_read_so_that_the_consumer_can_park_it() throws JsonProcessingException {
        ObjectNode golden = (ObjectNode) ContractFiles.golden(EventTypes.of(VisitCompleted.class));

        VisitCompleted event =
                ContractFiles.JSON.treeToValue(golden.put("outcome", "OUTCOME_OF_TOMORROW"), VisitCompleted.class);

        assertThat(event.outcome()).isEqualTo("OUTCOME_OF_TOMORROW");
    }
}
