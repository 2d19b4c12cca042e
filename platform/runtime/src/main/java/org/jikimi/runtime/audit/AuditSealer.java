package org.jikimi.runtime.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.time.Times;

/**
 * Chains audit rows into blocks and anchors their heads outside the database. It reads as the outbox's relay does, by
 * snapshot, so that a row that commits late is sealed later and none is skipped; it locks no row, and no writer waits
 * for it. Of several replicas one seals at a time.
 */
public final class AuditSealer {
    /** Rows in the largest block. */
    static final int BLOCK_ROWS = 5_000;

    private static final int LOCK_CLASS = 4;

    /**
     * In the order of the numbers, not by their index: a plan could read there all that is sealed to find what is not. A
     * snapshot in a subquery is read once, not for each row.
     */
    static final String UNSEALED = """
            SELECT seq, mac FROM audit
            WHERE tx >= pg_snapshot_xmin(?::pg_snapshot) AND tx < pg_snapshot_xmax(?::pg_snapshot)
              AND NOT pg_visible_in_snapshot(tx, (SELECT ?::pg_snapshot))
              AND pg_visible_in_snapshot(tx, (SELECT ?::pg_snapshot))
              AND seq + 0 > ?
            ORDER BY seq + 0 LIMIT ?""";

    static final String OLDEST_UNSEALED = """
            SELECT min(at) FROM audit
            WHERE tx >= pg_snapshot_xmin(?::pg_snapshot) AND tx < pg_snapshot_xmax(pg_current_snapshot())
              AND NOT pg_visible_in_snapshot(tx, ?::pg_snapshot)
              AND NOT (pg_visible_in_snapshot(tx, ?::pg_snapshot) AND seq <= ?)""";

    private final Transactions transactions;
    private final AnchorStore anchors;
    private final Times times;

    public AuditSealer(Transactions transactions, AnchorStore anchors, Times times) {
        this.transactions = transactions;
        this.anchors = anchors;
        this.times = times;
    }

    /**
     * Seals what has become visible and anchors it; meant to be called every second.
     *
     * @return rows sealed; 0 also if another replica is sealing
     * @throws IllegalStateException if the chain has lost or changed a block that was anchored, or the anchors are gone;
     *     nothing is sealed then, so that the evidence stays as it is, until an operator anchors anew
     */
    public long sealOnce() throws SQLException {
        long sealed = 0;
        int rows;
        do {
            rows = transactions.run(tx -> isAlone(tx) ? anchorAndSeal(tx) : 0);
            sealed += rows;
        } while (rows == BLOCK_ROWS);
        if (rows > 0) {
            transactions.run(tx -> isAlone(tx) ? anchor(tx, ChainEnd.find(tx)) : 0);
        }
        return sealed;
    }

    /** When the oldest row was written that no block holds yet; empty if all are sealed. */
    public Optional<Instant> oldestUnsealed() throws SQLException {
        return transactions.run(tx -> {
            var newest = ChainEnd.find(tx);
            try (var select = tx.prepareStatement(OLDEST_UNSEALED)) {
                select.setString(1, newest.prev());
                select.setString(2, newest.prev());
                select.setString(3, newest.target());
                select.setLong(4, newest.lastSeq());
                try (var row = select.executeQuery()) {
                    row.next();
                    return Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                            .map(OffsetDateTime::toInstant);
                }
            }
        });
    }

    private int anchorAndSeal(Connection tx) throws SQLException {
        var newest = ChainEnd.find(tx);
        anchor(tx, newest);
        return seal(tx, newest);
    }

    /** Takes on sealing until the transaction ends. */
    private static boolean isAlone(Connection tx) throws SQLException {
        try (var statement = tx.createStatement();
                var row = statement.executeQuery("SELECT pg_try_advisory_xact_lock(" + LOCK_CLASS + ", 0)")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** The same, but waits for a replica that is sealing. */
    static void waitToBeAlone(Connection tx) throws SQLException {
        try (var statement = tx.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK_CLASS + ", 0)");
        }
    }

    private int seal(Connection tx, ChainEnd newest) throws SQLException {
        var rest = seal(tx, newest, newest.prev(), newest.target(), newest.lastSeq());
        return rest > 0 ? rest : seal(tx, newest, newest.target(), currentSnapshot(tx), 0);
    }

    private int seal(Connection tx, ChainEnd newest, String prev, String target, long after) throws SQLException {
        var seqs = new ArrayList<Long>();
        var leaves = new ArrayList<byte[]>();
        try (var select = tx.prepareStatement(UNSEALED)) {
            select.setString(1, prev);
            select.setString(2, target);
            select.setString(3, prev);
            select.setString(4, target);
            select.setLong(5, after);
            select.setInt(6, BLOCK_ROWS);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    seqs.add(row.getLong(1));
                    leaves.add(Merkle.leaf(row.getLong(1), row.getBytes(2)));
                }
            }
        }
        if (!seqs.isEmpty()) {
            AuditBlock.after(newest, prev, target, seqs, leaves, times.now()).insert(tx);
        }
        return seqs.size();
    }

    private static String currentSnapshot(Connection tx) throws SQLException {
        try (var statement = tx.createStatement();
                var row = statement.executeQuery("SELECT pg_current_snapshot()::text")) {
            row.next();
            return row.getString(1);
        }
    }

    /** Anchors the committed blocks that are not anchored yet; after a crash between commit and anchor also older ones. */
    private int anchor(Connection tx, ChainEnd newest) throws SQLException {
        var found = anchors.newest();
        if (found.isEmpty()) {
            begin(newest);
            return 0;
        }
        var last = found.get();
        if (last.block() == newest.number()) {
            requireSame(last, HexFormat.of().formatHex(newest.head()));
            return 0;
        }
        var blocks = read(tx, last.block());
        if (last.block() > 0) {
            requireSame(last, blocks.isEmpty() ? "" : blocks.removeFirst().head());
        }
        if (!blocks.isEmpty()) {
            anchors.append(blocks);
        }
        return blocks.size();
    }

    /** Anchors begin before the first block, so that anchors which are gone can be told from those which never were. */
    private void begin(ChainEnd newest) {
        if (newest.number() > 0) {
            throw new IllegalStateException("the anchors of %d audit blocks are gone".formatted(newest.number()));
        }
        anchors.append(List.of(new Anchor(0, HexFormat.of().formatHex(newest.head()), times.now())));
    }

    private static void requireSame(Anchor anchor, String head) {
        if (!anchor.head().equals(head)) {
            throw new IllegalStateException("audit block " + anchor.block() + " is not what was anchored");
        }
    }

    private static List<Anchor> read(Connection tx, long from) throws SQLException {
        var sql = "SELECT number, encode(head, 'hex'), sealed_at FROM audit_block WHERE number >= ? ORDER BY number";
        try (var select = tx.prepareStatement(sql)) {
            select.setLong(1, from);
            var blocks = new ArrayList<Anchor>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    blocks.add(new Anchor(
                            row.getLong(1),
                            row.getString(2),
                            row.getObject(3, OffsetDateTime.class).toInstant()));
                }
            }
            return blocks;
        }
    }
}
