package org.jikimi.runtime.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventDraft;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.EventKind;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.event.Headers;
import org.jikimi.runtime.event.Tracing;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.time.Times;
import org.jikimi.testkit.Spans;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A trace crosses outbox and inbox by links: a batch has many causes. */
class BatchTraceTest {
    private static final String SECRET = "what nobody may read";

    private record Told(String what) {}

    private final Spans spans = new Spans();
    private final Tracing tracing = new Tracing(spans.telemetry());
    private final UUID child = EventIds.next();
    private DataSource database;
    private Events events;
    private Inbox inbox;
    private long offset;

    @BeforeEach
    void anInbox() throws SQLException {
        database = TestDatabase.create();
        var outbox = new Outbox();
        events = new Events(
                outbox, new Times(InstantSource.system()), type -> new EventKind("Told", "told", "/test", "told.json"));
        inbox = new Inbox("traced", Transactions.of(database), outbox, this::handle, tracing, step -> {});
    }

    @Test
    void aSpanThatPublishesIsNamedInTheHeadersOfItsEventAndTellsItsStory() throws SQLException {
        var story = EventIds.next();

        tracing.due("request", null, () -> publish(story, "a"));

        var request = spans.named("due request").getFirst();
        assertThat(sentHeaders())
                .extracting(header -> header.get("traceparent"))
                .containsExactly(traceparent(request));
        assertThat(request.getAttributes().get(Tracing.CORRELATION)).isEqualTo(story.toString());
    }

    @Test
    void aBatchIsATraceOfItsOwnLinkedToWhatSentEachOfItsEvents() throws SQLException {
        var first = sender("first");
        var second = sender("second");

        inbox.receive(List.of(event(traceparent(first)), event(traceparent(second)), event("malformed")));

        var batch = spans.named("apply batch").getFirst();
        assertThat(batch.getParentSpanId()).isEqualTo(SpanId.getInvalid());
        assertThat(batch.getTraceId()).isNotIn(first.getTraceId(), second.getTraceId());
        assertThat(linked(batch)).containsExactly(first.getSpanId(), second.getSpanId());
    }

    @Test
    void eachEventHasASpanInItsBatchLinkedToWhatSentItAndWhatItCausesFollowsFromThat() throws SQLException {
        var sender = sender("sender");
        var story = EventIds.next();

        inbox.receive(List.of(event(traceparent(sender), story)));

        var applied = spans.named("apply Heard").getFirst();
        assertThat(applied.getParentSpanId())
                .isEqualTo(spans.named("apply batch").getFirst().getSpanId());
        assertThat(linked(applied)).containsExactly(sender.getSpanId());
        assertThat(sentHeaders())
                .allSatisfy(headers -> assertThat(headers)
                        .containsEntry("traceparent", traceparent(applied))
                        .containsEntry("ce_correlationid", story.toString()));
    }

    @Test
    void noSpanTellsOfAChildOrOfWhatAnEventSays() throws SQLException {
        var story = EventIds.next();
        var broken = event(SECRET, story);
        broken = new ReceivedEvent(
                broken.id(), "Heard", 0, offset++, child.toString(), Map.of("ce_correlationid", SECRET), new byte[0]);

        inbox.receive(List.of(event("", story), broken));

        assertThat(spans.named("apply Heard"))
                .extracting(span -> span.getStatus().getStatusCode())
                .contains(StatusCode.ERROR, StatusCode.UNSET);
        assertThat(spans.ended()).isNotEmpty().allSatisfy(span -> {
            assertThat(span.toString()).doesNotContain(child.toString(), SECRET);
            span.getAttributes().forEach((key, value) -> assertThat(key).isEqualTo(Tracing.CORRELATION));
        });
    }

    @Test
    void anEventThatWaitedForItsPredecessorIsStillLinkedToWhatSentIt() throws SQLException {
        var sender = sender("sender");
        var early = event(traceparent(sender));
        early = new ReceivedEvent(
                early.id(), "Early", 0, offset++, child.toString(), early.headers(), "early".getBytes(UTF_8));
        inbox.receive(List.of(early));

        inbox.receive(List.of(event("")));

        assertThat(spans.named("apply Early"))
                .hasSize(2)
                .allSatisfy(span -> assertThat(linked(span)).containsExactly(sender.getSpanId()));
    }

    @Test
    void aFailureOfTheDatabaseEndsItsSpan() {
        var cutOff = new Inbox(
                "traced",
                new Transactions() {
                    @Override
                    public <T> T run(Work<T> work) throws SQLException {
                        throw new SQLException(SECRET, "08006");
                    }
                },
                new Outbox(),
                this::handle,
                tracing,
                step -> {});

        assertThatThrownBy(() -> cutOff.receive(List.of(event("")))).isInstanceOf(SQLException.class);

        var status = spans.named("apply batch").getFirst().getStatus();
        assertThat(status.getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(status.getDescription()).isEqualTo(SQLException.class.getName());
    }

    private boolean seen;

    private Outcome handle(ReceivedEvent event, Connection tx) throws SQLException {
        if (event.payload().length == 0) {
            throw new IllegalArgumentException(SECRET);
        }
        if (event.topic().equals("Early") && !seen) {
            return new Outcome.Early("no-predecessor");
        }
        seen = true;
        publishIn(tx, UUID.fromString(event.headers().getOrDefault("ce_correlationid", child.toString())), SECRET);
        return Outcome.APPLIED;
    }

    private int publish(UUID story, String what) throws SQLException {
        return Transactions.of(database).run(tx -> publishIn(tx, story, what));
    }

    private int publishIn(Connection tx, UUID story, String what) throws SQLException {
        events.publish(tx, new EventDraft(new Told(what), child, child, null, story, null));
        return 1;
    }

    /** A span in another process, long ago. */
    private SpanData sender(String name) throws SQLException {
        tracing.due(name, null, () -> 1);
        return spans.named("due " + name).getFirst();
    }

    private ReceivedEvent event(String traceparent) {
        return event(traceparent, EventIds.next());
    }

    private ReceivedEvent event(String traceparent, UUID story) {
        var headers = Map.of("traceparent", traceparent, "ce_correlationid", story.toString());
        return new ReceivedEvent(
                EventIds.next(), "Heard", 0, offset++, child.toString(), headers, SECRET.getBytes(UTF_8));
    }

    private List<Map<String, String>> sentHeaders() throws SQLException {
        return TestDatabase.query(database, "SELECT headers FROM outbox ORDER BY seq").stream()
                .map(Headers::read)
                .toList();
    }

    private static List<String> linked(SpanData span) {
        return span.getLinks().stream()
                .map(LinkData::getSpanContext)
                .map(context -> context.getSpanId())
                .toList();
    }

    private static String traceparent(SpanData span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-01";
    }
}
