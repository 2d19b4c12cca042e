package org.jikimi.cases.timeline;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.event.EventDraft;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.time.Times;
import org.jspecify.annotations.Nullable;

/** Tells the platform what happened to a child, and writes it into the child's story. */
@ApplicationScoped
public class Chronicle {
    static final String OWN = "case";

    private final Events events;
    private final Times times;

    public Chronicle(Events events, Times times) {
        this.events = events;
        this.times = times;
    }

    private record Codes(
            @Nullable String state,
            @Nullable String outcome,
            @Nullable String result,
            @Nullable String determination,
            @Nullable String kind,
            @Nullable String clockCode,
            @Nullable String urgency,
            @Nullable String reason,
            @Nullable String attendance) {
        @Nullable
        String detail() {
            return Stream.of(outcome, result, determination, kind, clockCode, urgency, reason, attendance)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
    }

    public void tell(Connection tx, EventDraft... drafts) throws SQLException {
        tell(tx, List.of(drafts));
    }

    /** Publishes events that are keyed by a child. */
    public void tell(Connection tx, List<EventDraft> drafts) throws SQLException {
        if (drafts.isEmpty()) {
            return;
        }
        events.publish(tx, drafts);
        var now = times.now();
        for (var draft : drafts) {
            var codes = Json.read(Json.write(draft.data()), Codes.class);
            note(
                    tx,
                    new Happening(
                            draft.key(),
                            now,
                            OWN,
                            draft.data().getClass().getSimpleName(),
                            draft.subject(),
                            codes.state(),
                            codes.detail(),
                            draft.correlation()));
        }
    }

    /** Writes down what has no event of its own, or what another service told. */
    public void note(Connection tx, Happening happening) {
        Sql.on(tx)
                .createUpdate("""
                        INSERT INTO timeline_entry (child_id, at, service, what, subject_id, state, detail,
                            correlation_id)
                        VALUES (:child, :at, :service, :what, :subject, :state, :detail, :correlation)""")
                .bind("child", happening.childId())
                .bind("at", happening.at())
                .bind("service", happening.service())
                .bind("what", happening.what())
                .bind("subject", happening.subjectId())
                .bind("state", happening.state())
                .bind("detail", happening.detail())
                .bind("correlation", happening.correlationId())
                .execute();
    }
}
