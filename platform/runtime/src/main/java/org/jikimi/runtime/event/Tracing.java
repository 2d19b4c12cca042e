package org.jikimi.runtime.event;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Carries a trace over the outbox and the inbox, as W3C Trace Context writes it. */
public final class Tracing {
    /** The header's name. */
    public static final String TRACEPARENT = "traceparent";

    private static final Pattern FORMAT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

    private Tracing() {}

    /** The {@code traceparent} of the span under way; empty if nothing is traced. */
    public static Optional<String> current() {
        var context = Span.current().getSpanContext();
        return context.isValid()
                ? Optional.of("00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                        + context.getTraceFlags().asHex())
                : Optional.empty();
    }

    /**
     * Starts the span of an event being applied, a child of the one that published it; the caller ends it.
     *
     * @param topic names the span; ids never do
     * @param traceparent as it came; null or malformed starts a new trace
     */
    public static Span consuming(String topic, @Nullable String traceparent) {
        var builder = GlobalOpenTelemetry.getTracer("org.jikimi")
                .spanBuilder("apply " + topic)
                .setSpanKind(SpanKind.CONSUMER);
        parent(traceparent)
                .ifPresent(context -> builder.setParent(Context.root().with(Span.wrap(context))));
        return builder.startSpan();
    }

    static Optional<SpanContext> parent(@Nullable String traceparent) {
        var parts = FORMAT.matcher(traceparent == null ? "" : traceparent);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var context = SpanContext.createFromRemoteParent(
                parts.group(1), parts.group(2), TraceFlags.fromHex(parts.group(3), 0), TraceState.getDefault());
        return context.isValid() ? Optional.of(context) : Optional.empty();
    }
}
