package org.jikimi.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyProblemsTest {
    enum Colour {
        RED,
        BLUE
    }

    record Part(Colour colour) {}

    record Body(List<Part> parts, int number) {}

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void aCodeThatIsNoneIsRefusedWithTheFieldAndThoseThatAreTakenThere() {
        var problem = refusal("{\"parts\":[{\"colour\":\"RED\"},{\"colour\":\"a secret\"}]}");

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.extra()).containsEntry("field", "parts[1].colour");
        assertThat(problem.detail()).isEqualTo("One of [RED, BLUE] is needed.");
    }

    @Test
    void whatIsNoCodeAtAllIsToo() {
        assertThat(refusal("{\"parts\":[{\"colour\":{}}]}").detail()).isEqualTo("One of [RED, BLUE] is needed.");
    }

    @Test
    void anotherFieldNamesNoCodes() {
        assertThat(refusal("{\"number\":\"a secret\"}").detail()).isNull();
    }

    private Problem refusal(String body) {
        return BodyProblems.of(catchThrowableOfType(JacksonException.class, () -> json.readValue(body, Body.class)));
    }
}
