package org.jikimi.screening.batch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.db.CopyRows;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.keys.Keyring;
import org.jspecify.annotations.Nullable;

/** Batches, their chunks and their rejections in the database. */
final class Batches {
    private static final String RECEIPT = """
            SELECT b.id, b.state, b.sha256, coalesce(sum(c.received), 0) AS received, coalesce(sum(c.accepted), 0) AS accepted,
                   coalesce(sum(c.duplicates), 0) AS duplicates, coalesce(sum(c.rejected), 0) AS rejected
            FROM batch b LEFT JOIN batch_chunk c ON c.batch_id = b.id
            WHERE b.id = :id AND b.kind = :kind GROUP BY b.id""";

    private final Keyring keys;

    Batches(Keyring keys) {
        this.keys = keys;
    }

    /** A batch as it was found or begun. */
    record Begun(Batch batch, boolean isNew) {}

    /** The batch that the key of the principal names; a new one if it named none. */
    Begun begin(Connection tx, BatchKind kind, String principal, String source, String key, Instant now) {
        var jdbi = Sql.on(tx);
        var id = EventIds.next();
        var inserted = jdbi.createUpdate("INSERT INTO batch (id, kind, principal, source, key, state, received_at) "
                        + "VALUES (:id, :kind, :principal, :source, :key, 'RECEIVING', :now) "
                        + "ON CONFLICT (principal, kind, key) DO NOTHING")
                .bind("id", id)
                .bind("kind", kind.name())
                .bind("principal", principal)
                .bind("source", source)
                .bind("key", key)
                .bind("now", now)
                .execute();
        var found = jdbi.createQuery("SELECT id, received_at FROM batch "
                        + "WHERE principal = :principal AND kind = :kind AND key = :key")
                .bind("principal", principal)
                .bind("kind", kind.name())
                .bind("key", key)
                .map((row, c) -> new Batch(
                        row.getObject("id", UUID.class),
                        kind,
                        source,
                        now,
                        row.getTimestamp("received_at").toInstant()))
                .one();
        return new Begun(found, inserted == 1);
    }

    /** Its sender comes back with it. */
    void resumed(Connection tx, Batch batch, Instant now) {
        Sql.on(tx)
                .createUpdate("UPDATE batch SET resumed_at = :now WHERE id = :id AND state = 'RECEIVING'")
                .bind("now", now)
                .bind("id", batch.id())
                .execute();
    }

    /**
     * Claims a chunk for this transaction; false if it was stored before, or if the batch came whole. Waits for one who is
     * storing it now, and keeps others from completing the batch meanwhile.
     */
    boolean claim(Connection tx, Batch batch, int chunk, byte[] hash) {
        return Sql.on(tx)
                        .createUpdate("INSERT INTO batch_chunk "
                                + "(batch_id, chunk, hash, received, accepted, duplicates, rejected) "
                                + "(SELECT id, :chunk, :hash, 0, 0, 0, 0 FROM batch "
                                + "WHERE id = :batch AND state = 'RECEIVING' FOR KEY SHARE) ON CONFLICT DO NOTHING")
                        .bind("batch", batch.id())
                        .bind("chunk", chunk)
                        .bind("hash", hash)
                        .execute()
                == 1;
    }

    Optional<byte[]> hash(Connection tx, Batch batch, int chunk) {
        return Sql.on(tx)
                .createQuery("SELECT hash FROM batch_chunk WHERE batch_id = :batch AND chunk = :chunk")
                .bind("batch", batch.id())
                .bind("chunk", chunk)
                .mapTo(byte[].class)
                .findOne();
    }

    /** Says what became of a chunk whose row this transaction claimed. */
    void count(Connection tx, Batch batch, int number, Chunks.Chunk<?> chunk, LineKind.Tally tally, boolean settled)
            throws SQLException {
        Sql.on(tx)
                .createUpdate("UPDATE batch_chunk SET received = :received, accepted = :accepted, "
                        + "duplicates = :duplicates, rejected = :rejected, first_line = :first, last_line = :last, "
                        + "settled = :settled WHERE batch_id = :batch AND chunk = :chunk")
                .bind("received", chunk.received())
                .bind("accepted", tally.accepted())
                .bind("duplicates", tally.duplicates())
                .bind("rejected", chunk.bad().size() + tally.rejections().size())
                .bind("first", chunk.firstLine())
                .bind("last", chunk.lastLine())
                .bind("settled", settled)
                .bind("batch", batch.id())
                .bind("chunk", number)
                .execute();
        reject(tx, batch, chunk.bad());
        reject(tx, batch, tally.rejections());
    }

    /** A chunk that has landed and is not settled. */
    record Landed(int chunk, long firstLine, long lastLine) {}

    /** The first landed chunk that is not settled, held for this transaction with its batch; others may land meanwhile. */
    Optional<Landed> unsettled(Connection tx, Batch batch) {
        var jdbi = Sql.on(tx);
        jdbi.createQuery("SELECT 1 FROM batch WHERE id = :id FOR NO KEY UPDATE")
                .bind("id", batch.id())
                .mapTo(Integer.class)
                .findOne();
        return jdbi.createQuery("SELECT chunk, first_line, last_line FROM batch_chunk "
                        + "WHERE batch_id = :id AND NOT settled ORDER BY chunk LIMIT 1")
                .bind("id", batch.id())
                .map((row, c) -> new Landed(row.getInt("chunk"), row.getLong("first_line"), row.getLong("last_line")))
                .findOne();
    }

    /** Says what became of a landed chunk. */
    void settled(Connection tx, Batch batch, Landed landed, LineKind.Tally tally) throws SQLException {
        Sql.on(tx)
                .createUpdate("UPDATE batch_chunk SET accepted = :accepted, duplicates = :duplicates, "
                        + "rejected = rejected + :rejected, settled = true WHERE batch_id = :batch AND chunk = :chunk")
                .bind("accepted", tally.accepted())
                .bind("duplicates", tally.duplicates())
                .bind("rejected", tally.rejections().size())
                .bind("batch", batch.id())
                .bind("chunk", landed.chunk())
                .execute();
        reject(tx, batch, tally.rejections());
    }

    private static void reject(Connection tx, Batch batch, List<Rejection> rejected) throws SQLException {
        if (rejected.isEmpty()) {
            return;
        }
        try (var rows = CopyRows.into(tx, "batch_rejection", "batch_id", "line", "code", "message", "indicator")) {
            for (var rejection : rejected) {
                rows.row()
                        .uuid(batch.id())
                        .int8(rejection.line())
                        .text(rejection.code())
                        .text(rejection.message())
                        .text(rejection.indicator());
            }
            rows.finish();
        }
    }

    /** Whether its sender began it, or began it again, after that time. */
    boolean begunAfter(Connection tx, UUID id, Instant since) {
        return Sql.on(tx)
                .createQuery("SELECT coalesce(resumed_at, received_at) > :since FROM batch WHERE id = :id")
                .bind("id", id)
                .bind("since", since)
                .mapTo(Boolean.class)
                .one();
    }

    /** The batch, if it is still coming in or something of it has landed and is not settled. */
    Optional<Batch> unfinished(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT kind, source, coalesce(resumed_at, received_at) AS arrived_at, received_at "
                        + "FROM batch WHERE id = :id AND (state = 'RECEIVING' OR EXISTS "
                        + "(SELECT 1 FROM batch_chunk WHERE batch_id = :id AND NOT settled))")
                .bind("id", id)
                .map((row, c) -> new Batch(
                        id,
                        BatchKind.valueOf(row.getString("kind")),
                        row.getString("source"),
                        row.getTimestamp("arrived_at").toInstant(),
                        row.getTimestamp("received_at").toInstant()))
                .findOne();
    }

    /** Says that it came whole, in so many chunks; false if somebody has stored more of it. Waits for who is storing one. */
    boolean complete(Connection tx, Batch batch, int chunks, String sha256) {
        var jdbi = Sql.on(tx);
        jdbi.createQuery("SELECT 1 FROM batch WHERE id = :id FOR UPDATE")
                .bind("id", batch.id())
                .mapTo(Integer.class)
                .one();
        if (chunks(tx, batch) > chunks) {
            return false;
        }
        jdbi.createUpdate("UPDATE batch SET state = 'COMPLETE', sha256 = :sha256 WHERE id = :id")
                .bind("sha256", keys.encrypt(sha256.getBytes(US_ASCII), context(batch.id())))
                .bind("id", batch.id())
                .execute();
        return true;
    }

    private static int chunks(Connection tx, Batch batch) {
        return Sql.on(tx)
                .createQuery("SELECT count(*) FROM batch_chunk WHERE batch_id = :id")
                .bind("id", batch.id())
                .mapTo(Integer.class)
                .one();
    }

    Optional<Receipt> receipt(Connection tx, BatchKind kind, UUID id) {
        return Sql.on(tx)
                .createQuery(RECEIPT)
                .bind("id", id)
                .bind("kind", kind.name())
                .map((row, c) -> new Receipt(
                        row.getObject("id", UUID.class),
                        row.getString("state"),
                        row.getLong("received"),
                        row.getLong("accepted"),
                        row.getLong("duplicates"),
                        row.getLong("rejected"),
                        sha256(id, row.getBytes("sha256"))))
                .findOne();
    }

    private @Nullable String sha256(UUID batch, byte @Nullable [] sealed) {
        return sealed == null ? null : new String(keys.decrypt(sealed, context(batch)), US_ASCII);
    }

    private static String context(UUID batch) {
        return "batch:" + batch;
    }

    Optional<String> principal(Connection tx, BatchKind kind, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT principal FROM batch WHERE id = :id AND kind = :kind")
                .bind("id", id)
                .bind("kind", kind.name())
                .mapTo(String.class)
                .findOne();
    }

    List<Rejection> rejections(Connection tx, UUID id, long afterLine, int limit) {
        return Sql.on(tx)
                .createQuery("SELECT line, code, message, indicator FROM batch_rejection "
                        + "WHERE batch_id = :id AND line > :after ORDER BY line LIMIT :limit")
                .bind("id", id)
                .bind("after", afterLine)
                .bind("limit", limit)
                .map((row, c) -> new Rejection(
                        row.getLong("line"),
                        row.getString("code"),
                        row.getString("message"),
                        row.getString("indicator")))
                .list();
    }
}
