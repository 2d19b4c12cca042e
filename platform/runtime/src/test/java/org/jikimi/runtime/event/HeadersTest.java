package org.jikimi.runtime.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadersTest {
    @Test
    void headersComeBackAsTheyWereWritten() {
        var headers =
                Map.of("ce_type", "org.jikimi.screening.ChildFlagged.v1", "traceparent", "00-a:b-01", "empty", "");
        assertThat(Headers.read(Headers.write(headers))).isEqualTo(headers);
    }

    @Test
    void aLineBreakOrAColonInANameCannotForgeAnotherHeader() {
        assertThatThrownBy(() -> Headers.write(Map.of("a", "b\nce_id:other"))).hasMessageContaining("not a header");
        assertThatThrownBy(() -> Headers.write(Map.of("a\n", "b"))).hasMessageContaining("not a header");
        assertThatThrownBy(() -> Headers.write(Map.of("a:b", "c"))).hasMessageContaining("not a header");
    }
}
