package org.jikimi.runtime.due;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.Tracing;
import org.jikimi.runtime.time.Times;
import org.jspecify.annotations.Nullable;

/**
 * Carries out due work, one piece to a transaction, in the order it fell due. Many replicas may run one: a piece that
 * one of them holds is skipped by the others. Work that fails is tried again after a pause that doubles up to ten
 * minutes, and holds up nothing else.
 */
public final class DueRunner implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DueRunner.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private record Piece(
            String kind,
            String subject,
            Instant dueAt,
            int attempts,
            @Nullable String traceparent) {}

    private final Transactions transactions;
    private final Times times;
    private final Tracing tracing;
    private final Map<String, DueHandler> handlers = new LinkedHashMap<>();
    private volatile boolean closed;

    /**
     * A runner of these handlers that makes no spans.
     *
     * @throws IllegalArgumentException if two handlers name the same kind
     */
    public DueRunner(Transactions transactions, Times times, Iterable<DueHandler> handlers) {
        this(transactions, times, handlers, Tracing.none());
    }

    /**
     * A runner of these handlers.
     *
     * @throws IllegalArgumentException if two handlers name the same kind
     */
    public DueRunner(Transactions transactions, Times times, Iterable<DueHandler> handlers, Tracing tracing) {
        this.transactions = transactions;
        this.times = times;
        this.tracing = tracing;
        for (var handler : handlers) {
            if (this.handlers.put(handler.kind(), handler) != null) {
                throw new IllegalArgumentException("two handlers of " + handler.kind());
            }
        }
    }

    /**
     * Does all that is due now, or until closed.
     *
     * @return how many pieces were done
     * @throws SQLException if infrastructure failed; the next call goes on
     */
    public int runDue() throws SQLException {
        int done = 0;
        while (!closed && !handlers.isEmpty()) {
            switch (runOne()) {
                case DONE -> done++;
                case FAILED -> {} // its next try is later, so the loop moves on
                case NONE -> {
                    return done;
                }
            }
        }
        return done;
    }

    /** Takes no further piece after the one in hand; what is left is done by another replica, or later. */
    @Override
    public void close() {
        closed = true;
    }

    private enum Result {
        DONE,
        FAILED,
        NONE
    }

    private Result runOne() throws SQLException {
        var now = times.now();
        var taken = new AtomicReference<@Nullable Piece>();
        try {
            return transactions.run(tx -> {
                var piece = take(tx, now);
                taken.set(piece);
                if (piece == null) {
                    return Result.NONE;
                }
                return tracing.due(piece.kind(), piece.traceparent(), () -> {
                    handlerOf(piece).handle(tx, piece.subject(), piece.dueAt(), now);
                    return Result.DONE;
                });
            });
        } catch (SQLException | RuntimeException | Error failure) {
            var piece = taken.get();
            if (piece == null) {
                throw failure;
            }
            LOG.warnf(
                    "Due work %s failed, try %d: %s",
                    piece.kind(), piece.attempts() + 1, failure.getClass().getName());
            postpone(piece, now); // also where infrastructure is blamed: one piece alone may always meet it
            return Result.FAILED;
        }
    }

    private DueHandler handlerOf(Piece piece) {
        var handler = handlers.get(piece.kind());
        if (handler == null) {
            throw new IllegalStateException("no handler of " + piece.kind());
        }
        return handler;
    }

    /** Chosen once, before anything is deleted: a subquery in its place may be run again for every row, and takes many. */
    private @Nullable Piece take(Connection tx, Instant now) throws SQLException {
        return Sql.on(tx)
                .createQuery("""
                        WITH next AS MATERIALIZED (
                            SELECT kind, subject FROM due_work
                            WHERE due_at <= :now AND (retry_at IS NULL OR retry_at <= :now) AND kind = ANY(:kinds)
                            ORDER BY due_at, kind, subject LIMIT 1 FOR UPDATE SKIP LOCKED)
                        DELETE FROM due_work AS d USING next AS n WHERE d.kind = n.kind AND d.subject = n.subject
                        RETURNING d.kind, d.subject, d.due_at, d.attempts, d.traceparent""")
                .bind("now", now)
                .bindArray("kinds", String.class, List.copyOf(handlers.keySet()))
                .map((row, context) -> new Piece(
                        row.getString("kind"),
                        row.getString("subject"),
                        row.getTimestamp("due_at").toInstant(),
                        row.getInt("attempts"),
                        row.getString("traceparent")))
                .findOne()
                .orElse(null);
    }

    private void postpone(Piece piece, Instant now) throws SQLException {
        var pause = Duration.ofSeconds(1L << Math.min(piece.attempts(), 10));
        var retryAt = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        transactions.run(tx -> Sql.on(tx)
                .createUpdate("UPDATE due_work SET attempts = attempts + 1, retry_at = :retryAt "
                        + "WHERE kind = :kind AND subject = :subject")
                .bind("retryAt", retryAt)
                .bind("kind", piece.kind())
                .bind("subject", piece.subject())
                .execute());
    }
}
