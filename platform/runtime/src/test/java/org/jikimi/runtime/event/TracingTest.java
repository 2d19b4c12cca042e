package org.jikimi.runtime.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void whatIsSentInASpanNamesItAsItsParent() {
        var context = SpanContext.create(
                "0af7651916cd43dd8448eb211c80319c",
                "b7ad6b7169203331",
                TraceFlags.getSampled(),
                TraceState.getDefault());

        try (var scope = Span.wrap(context).makeCurrent()) {
            assertThat(Tracing.current()).contains(PARENT);
        }
    }

    @Test
    void withoutASpanNothingIsSent() {
        assertThat(Tracing.current()).isEmpty();
    }

    @Test
    void theParentIsReadBack() {
        assertThat(Tracing.parse(PARENT).orElseThrow().getSpanId()).isEqualTo("b7ad6b7169203331");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00-xyz", "00-00000000000000000000000000000000-b7ad6b7169203331-01"})
    void aMalformedParentIsNone(String traceparent) {
        assertThat(Tracing.parse(traceparent)).isEmpty();
    }
}
