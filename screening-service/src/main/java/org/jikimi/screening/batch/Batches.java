package org.jikimi.screening.batch;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.screening.bulk.CopyRows;

/** Batches, their chunks and their rejections in the database. */
final class Batches {
    private static final String RECEIPT = """
            SELECT b.id, b.state, coalesce(sum(c.received), 0) AS received, coalesce(sum(c.accepted), 0) AS accepted,
                   coalesce(sum(c.duplicates), 0) AS duplicates, coalesce(sum(c.rejected), 0) AS rejected
            FROM batch b LEFT JOIN batch_chunk c ON c.batch_id = b.id
            WHERE b.id = :id AND b.kind = :kind GROUP BY b.id""";

    /** A batch as it was found or begun. */
    record Begun(Batch batch, boolean isNew) {}

    /** The batch that the key of the principal names; a new one if it named none. */
    Begun begin(Connection tx, BatchKind kind, String principal, String source, String key, Instant now) {
        var jdbi = Jdbi.open(tx);
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
        var found = jdbi.createQuery(
                        "SELECT id FROM batch WHERE principal = :principal AND kind = :kind AND key = :key")
                .bind("principal", principal)
                .bind("kind", kind.name())
                .bind("key", key)
                .mapTo(UUID.class)
                .one();
        return new Begun(new Batch(found, kind, source), inserted == 1);
    }

    /** Claims a chunk for this transaction; false if it was stored before. Waits for one who is storing it now. */
    boolean claim(Connection tx, Batch batch, int chunk, byte[] hash) {
        return Jdbi.open(tx)
                        .createUpdate("INSERT INTO batch_chunk "
                                + "(batch_id, chunk, hash, received, accepted, duplicates, rejected) "
                                + "VALUES (:batch, :chunk, :hash, 0, 0, 0, 0) ON CONFLICT DO NOTHING")
                        .bind("batch", batch.id())
                        .bind("chunk", chunk)
                        .bind("hash", hash)
                        .execute()
                == 1;
    }

    Optional<byte[]> hash(Connection tx, Batch batch, int chunk) {
        return Jdbi.open(tx)
                .createQuery("SELECT hash FROM batch_chunk WHERE batch_id = :batch AND chunk = :chunk")
                .bind("batch", batch.id())
                .bind("chunk", chunk)
                .mapTo(byte[].class)
                .findOne();
    }

    void count(Connection tx, Batch batch, int chunk, int received, LineKind.Tally tally, List<Rejection> rejected)
            throws SQLException {
        Jdbi.open(tx)
                .createUpdate("UPDATE batch_chunk SET received = :received, accepted = :accepted, "
                        + "duplicates = :duplicates, rejected = :rejected WHERE batch_id = :batch AND chunk = :chunk")
                .bind("received", received)
                .bind("accepted", tally.accepted())
                .bind("duplicates", tally.duplicates())
                .bind("rejected", rejected.size())
                .bind("batch", batch.id())
                .bind("chunk", chunk)
                .execute();
        if (rejected.isEmpty()) {
            return;
        }
        try (var rows = CopyRows.into(tx, "batch_rejection", "batch_id", "line", "code", "message")) {
            for (var rejection : rejected) {
                rows.row()
                        .uuid(batch.id())
                        .int8(rejection.line())
                        .text(rejection.code())
                        .text(rejection.message());
            }
            rows.finish();
        }
    }

    void complete(Connection tx, Batch batch) {
        Jdbi.open(tx)
                .createUpdate("UPDATE batch SET state = 'COMPLETE' WHERE id = :id")
                .bind("id", batch.id())
                .execute();
    }

    int chunks(Connection tx, Batch batch) {
        return Jdbi.open(tx)
                .createQuery("SELECT count(*) FROM batch_chunk WHERE batch_id = :id")
                .bind("id", batch.id())
                .mapTo(Integer.class)
                .one();
    }

    Optional<Receipt> receipt(Connection tx, BatchKind kind, UUID id) {
        return Jdbi.open(tx)
                .createQuery(RECEIPT)
                .bind("id", id)
                .bind("kind", kind.name())
                .map((row, c) -> new Receipt(
                        row.getObject("id", UUID.class),
                        row.getString("state"),
                        row.getLong("received"),
                        row.getLong("accepted"),
                        row.getLong("duplicates"),
                        row.getLong("rejected")))
                .findOne();
    }

    Optional<String> principal(Connection tx, BatchKind kind, UUID id) {
        return Jdbi.open(tx)
                .createQuery("SELECT principal FROM batch WHERE id = :id AND kind = :kind")
                .bind("id", id)
                .bind("kind", kind.name())
                .mapTo(String.class)
                .findOne();
    }

    List<Rejection> rejections(Connection tx, UUID id, long afterLine, int limit) {
        return Jdbi.open(tx)
                .createQuery("SELECT line, code, message FROM batch_rejection "
                        + "WHERE batch_id = :id AND line > :after ORDER BY line LIMIT :limit")
                .bind("id", id)
                .bind("after", afterLine)
                .bind("limit", limit)
                .map((row, c) -> new Rejection(row.getLong("line"), row.getString("code"), row.getString("message")))
                .list();
    }
}
