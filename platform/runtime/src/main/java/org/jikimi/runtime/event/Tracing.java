package org.jikimi.runtime.event;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Spans of what follows from a request, and W3C Trace Context in outbox and inbox.
 *
 * <p>A trace is what one process did in one go: a request, a batch of events, a piece of due work. What it follows from,
 * in another process or weeks ago, is linked and never its parent; so a batch names all that it came from, and no trace
 * stays open while people take their time. All spans of one story bear its correlation id, the flag or report that began
 * it; no other id is in any span.
 */
public final class Tracing {
    /** The header's name. */
    public static final String TRACEPARENT = "traceparent";

    /** The attribute that all spans of one story share. */
    public static final AttributeKey<String> CORRELATION = AttributeKey.stringKey("jikimi.correlation_id");

    private static final String CORRELATION_HEADER = "ce_correlationid";
    private static final Pattern FORMAT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

    /** What is done in a span. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws SQLException;
    }

    private final Tracer tracer;

    public Tracing(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("org.jikimi");
    }

    /** Makes no spans. */
    public static Tracing none() {
        return new Tracing(OpenTelemetry.noop());
    }

    /** The {@code traceparent} of the span under way; empty if there is none. */
    public static Optional<String> current() {
        var context = Span.current().getSpanContext();
        return context.isValid()
                ? Optional.of("00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                        + context.getTraceFlags().asHex())
                : Optional.empty();
    }

    /** Has the span under way tell of which story it is a part. */
    static void belongsTo(UUID correlation) {
        Span.current().setAttribute(CORRELATION, correlation.toString());
    }

    /**
     * Links the span under way to what left this, before people took their time.
     *
     * @param traceparent as it was kept; null or malformed links nothing
     */
    public static void follows(@Nullable String traceparent) {
        parse(traceparent).ifPresent(Span.current()::addLink);
    }

    /**
     * Does the work of a batch in one span, a trace of its own, linked to what sent each event.
     *
     * @param headers of each event
     */
    public <T> T batch(Collection<Map<String, String>> headers, Work<T> work) throws SQLException {
        var span = tracer.spanBuilder("apply batch").setNoParent().setSpanKind(SpanKind.CONSUMER);
        headers.forEach(event -> link(span, event.get(TRACEPARENT)));
        return inside(span, work);
    }

    /**
     * Applies one event, in a span within that of its batch, linked to what sent it.
     *
     * @param topic names the span; ids never do
     */
    public <T> T event(String topic, Map<String, String> headers, Work<T> work) throws SQLException {
        var span = tracer.spanBuilder("apply " + topic).setSpanKind(SpanKind.CONSUMER);
        link(span, headers.get(TRACEPARENT));
        uuid(headers.get(CORRELATION_HEADER)).ifPresent(id -> span.setAttribute(CORRELATION, id.toString()));
        return inside(span, work);
    }

    /**
     * Does due work in a trace of its own, linked to what planned it.
     *
     * @param kind names the span
     * @param traceparent of what planned it, if known
     */
    public <T> T due(String kind, @Nullable String traceparent, Work<T> work) throws SQLException {
        var span = tracer.spanBuilder("due " + kind).setNoParent();
        link(span, traceparent);
        return inside(span, work);
    }

    /** A failure is told by its class alone: messages may quote what somebody sent or what is stored. */
    private static <T> T inside(SpanBuilder builder, Work<T> work) throws SQLException {
        var span = builder.startSpan();
        try (var scope = span.makeCurrent()) {
            return work.run();
        } catch (Throwable failure) {
            span.setStatus(StatusCode.ERROR, failure.getClass().getName());
            throw failure;
        } finally {
            span.end();
        }
    }

    private static void link(SpanBuilder span, @Nullable String traceparent) {
        parse(traceparent).ifPresent(span::addLink);
    }

    static Optional<SpanContext> parse(@Nullable String traceparent) {
        if (traceparent == null) {
            return Optional.empty();
        }
        var parts = FORMAT.matcher(traceparent);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var context = SpanContext.createFromRemoteParent(
                parts.group(1), parts.group(2), TraceFlags.fromHex(parts.group(3), 0), TraceState.getDefault());
        return context.isValid() ? Optional.of(context) : Optional.empty();
    }

    /** A header may hold anything; in a span goes what is an id. */
    private static Optional<UUID> uuid(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
