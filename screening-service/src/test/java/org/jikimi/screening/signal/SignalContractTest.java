package org.jikimi.screening.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jikimi.runtime.event.Json;
import org.jikimi.screening.batch.RejectionCode;
import org.jikimi.screening.signal.SignalRefusals.SignalRejected;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What agencies are told of signals by Kafka is what the service does. */
class SignalContractTest {
    private JsonNode contract;

    @BeforeEach
    void read() throws IOException {
        contract = new YAMLMapper()
                .readTree(Path.of("../docs/signals.asyncapi.yaml").toFile());
    }

    @Test
    void itNamesTheTopicsAndTheTypeOfTheService() {
        var source = SignalSource.of("power-utility");

        assertThat(address("signals")).isEqualTo(source.topic());
        assertThat(address("rejected")).isEqualTo(source.rejected());
        assertThat(contract.at("/components/schemas/SignalHeaders/properties/ce_type/const")
                        .asText())
                .isEqualTo(SignalIntake.CE_TYPE);
    }

    @Test
    void itNamesTheFieldsOfALine() {
        var fields = new ArrayList<String>();
        var signal = contract.at("/components/schemas/Signal/properties");
        signal.fieldNames().forEachRemaining(name -> {
            var inner = signal.path(name).path("properties");
            if (inner.isMissingNode()) {
                fields.add(name);
            } else {
                inner.fieldNames().forEachRemaining(part -> fields.add(name + "." + part));
            }
        });

        assertThat(fields).isEqualTo(SignalLines.FIELDS);
    }

    @Test
    void itNamesEveryCodeThatARecordCanBeRefusedWith() {
        var ofOthers = List.of(RejectionCode.MALFORMED_CSV, RejectionCode.UNKNOWN_DISTRICT);
        var possible = Stream.of(RejectionCode.values())
                .filter(code -> !ofOthers.contains(code))
                .map(RejectionCode::code);

        assertThat(Stream.of(Json.read(
                        contract.at("/components/schemas/SignalRejected/properties/code/enum")
                                .toString()
                                .getBytes(StandardCharsets.UTF_8),
                        String[].class)))
                .containsExactlyInAnyOrderElementsOf(possible.toList());
    }

    @Test
    void itNamesTheFieldsOfARejection() {
        var told = new TreeSet<String>();
        contract.at("/components/schemas/SignalRejected/properties")
                .fieldNames()
                .forEachRemaining(told::add);

        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(Stream.of(SignalRejected.class.getRecordComponents())
                        .map(part -> part.getName())
                        .toList());
    }

    private String address(String channel) {
        return contract.at("/channels/" + channel + "/address").asText().replace("{source}", "power-utility");
    }
}
