package org.jikimi.runtime.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jikimi.runtime.audit.AuditVerdict.Added;
import org.jikimi.runtime.audit.AuditVerdict.Altered;
import org.jikimi.runtime.audit.AuditVerdict.Intact;
import org.jikimi.runtime.audit.AuditVerdict.Missing;
import org.jikimi.runtime.audit.AuditVerdict.Place;
import org.jikimi.runtime.audit.AuditVerdict.Reordered;
import org.jikimi.runtime.audit.AuditVerdict.Truncated;
import org.jikimi.runtime.keys.Keyring;
import org.jspecify.annotations.Nullable;

/**
 * Checks the audit rows of one service against their keyed hashes, the chain of blocks and the anchors. It only reads,
 * in one snapshot and block by block, while the service goes on. A command line calls it once per service:
 *
 * <pre>{@code
 * var verdict = AuditVerifier.verify(database, keyring, new AnchorFile(path));
 * out.println(service + " " + verdict.line());
 * ok &= verdict instanceof AuditVerdict.Intact;
 * }</pre>
 */
public final class AuditVerifier {
    private static final String ROW =
            "a.seq, a.id, a.at, a.principal, a.agency, a.action, a.subjects, a.purpose, a.mac";
    private static final int BLOCKS_AT_ONCE = 4;
    private static final int ROWS_AT_ONCE = 1_000;

    private final Connection tx;
    private final Keyring keys;
    private final long anchored;
    private long sealedRows;
    private long unsealedRows;

    private AuditVerifier(Connection tx, Keyring keys, long anchored) {
        this.tx = tx;
        this.keys = keys;
        this.anchored = anchored;
    }

    /**
     * Checks everything.
     *
     * @param database opens connections of a role that may read {@code audit} and {@code audit_block}
     * @param keys with every matching key that was ever in use
     */
    public static AuditVerdict verify(DataSource database, Keyring keys, AnchorStore anchors) throws SQLException {
        // The newest anchor is read before the snapshot is taken: what is sealed meanwhile belongs to neither.
        long anchored = anchors.newest().map(Anchor::block).orElse(0L);
        try (var tx = database.getConnection();
                var heads = anchors.all()) {
            tx.setAutoCommit(false);
            try (var begin = tx.createStatement()) {
                begin.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
                return new AuditVerifier(tx, keys, anchored).verify(heads);
            } finally {
                tx.rollback();
            }
        }
    }

    private AuditVerdict verify(Stream<Anchor> heads) throws SQLException {
        var anchors = new Heads(heads.iterator());
        var before = AuditBlock.NONE;
        try (var select = tx.createStatement()) {
            select.setFetchSize(BLOCKS_AT_ONCE);
            try (var row = select.executeQuery("SELECT " + AuditBlock.COLUMNS + " FROM audit_block ORDER BY number")) {
                while (row.next()) {
                    var block = AuditBlock.read(row);
                    var fault = check(block, before, anchors);
                    if (fault.isPresent()) {
                        return fault.get();
                    }
                    before = block;
                }
            }
        }
        long newest = before.number();
        if (newest < anchored) {
            return new Truncated(Place.block(newest + 1));
        }
        var fault = checkUnsealed(before);
        if (fault.isEmpty()) {
            fault = findCopy();
        }
        return fault.orElseGet(() -> new Intact(sealedRows + unsealedRows, newest, unsealedRows, anchored));
    }

    private Optional<AuditVerdict> check(AuditBlock block, AuditBlock before, Heads anchors) throws SQLException {
        if (block.number() != before.number() + 1) {
            return Optional.of(new Missing(Place.block(before.number() + 1)));
        }
        if (!block.follows(before) || !anchors.agree(block)) {
            return Optional.of(new Altered(Place.block(block.number())));
        }
        sealedRows += block.seqs().size();
        return checkRows(block);
    }

    private Optional<AuditVerdict> checkRows(AuditBlock block) throws SQLException {
        var rows = rows(block.seqs());
        for (int n = 0; n < block.seqs().size(); n++) {
            long seq = block.seqs().get(n);
            var row = rows.get(seq);
            if (row == null) {
                return Optional.of(new Missing(Place.row(seq)));
            }
            if (!row.genuine()) {
                return Optional.of(new Altered(Place.row(seq)));
            }
            var leaf = block.leaves().get(n);
            if (!Arrays.equals(leaf, Merkle.leaf(seq, row.mac()))) {
                return Optional.of(
                        standsElsewhere(seq, leaf) ? new Reordered(Place.row(seq)) : new Altered(Place.row(seq)));
            }
        }
        return Optional.empty();
    }

    private Map<Long, Row> rows(List<Long> seqs) throws SQLException {
        try (var select = tx.prepareStatement("SELECT " + ROW + " FROM audit a WHERE a.seq = ANY (?)")) {
            select.setArray(1, tx.createArrayOf("bigint", seqs.toArray()));
            var rows = new HashMap<Long, Row>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    rows.put(row.getLong("seq"), read(row));
                }
            }
            return rows;
        }
    }

    private Row read(ResultSet row) throws SQLException {
        var entry = new AuditEntry(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("principal"),
                row.getObject("agency", UUID.class),
                row.getString("action"),
                List.of((String[]) row.getArray("subjects").getArray()),
                row.getString("purpose"));
        var mac = row.getBytes("mac");
        var said = JdbcAudit.canonical(row.getObject("id", UUID.class), entry);
        return new Row(mac, keys.isMac(JdbcAudit.PURPOSE, said, mac));
    }

    /** Whether some other row is the one that was sealed under this number. */
    private boolean standsElsewhere(long seq, byte[] leaf) throws SQLException {
        try (var select = tx.createStatement()) {
            select.setFetchSize(ROWS_AT_ONCE);
            try (var row = select.executeQuery("SELECT mac FROM audit")) {
                while (row.next()) {
                    if (Arrays.equals(leaf, Merkle.leaf(seq, row.getBytes(1)))) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    /** Rows in no block are new ones, unless the sealer has already been past the place where they stand. */
    private Optional<AuditVerdict> checkUnsealed(AuditBlock newest) throws SQLException {
        var sql = "SELECT " + ROW + """
                , pg_visible_in_snapshot(a.tx, ?::pg_snapshot)
                  OR (pg_visible_in_snapshot(a.tx, ?::pg_snapshot) AND a.seq <= ?) AS passed
                FROM audit a
                WHERE NOT EXISTS (SELECT FROM (SELECT unnest(seqs) AS seq FROM audit_block) b WHERE b.seq = a.seq)
                ORDER BY a.seq""";
        try (var select = tx.prepareStatement(sql)) {
            select.setFetchSize(ROWS_AT_ONCE);
            select.setString(1, newest.prev());
            select.setString(2, newest.target());
            select.setLong(3, newest.lastSeq());
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    if (row.getBoolean("passed")) {
                        return Optional.of(new Added(Place.row(row.getLong("seq"))));
                    }
                    if (!read(row).genuine()) {
                        return Optional.of(new Altered(Place.row(row.getLong("seq"))));
                    }
                    unsealedRows++;
                }
            }
            return Optional.empty();
        }
    }

    /** Every row has an id of its own, so the later of two with one id is a copy. */
    private Optional<AuditVerdict> findCopy() throws SQLException {
        var sql = "SELECT max(seq) FROM audit GROUP BY id HAVING count(*) > 1 ORDER BY 1 LIMIT 1";
        try (var select = tx.createStatement();
                var row = select.executeQuery(sql)) {
            return row.next() ? Optional.of(new Added(Place.row(row.getLong(1)))) : Optional.empty();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(byte[] mac, boolean genuine) {}

    /** The anchors, walked along with the blocks. */
    private static final class Heads {
        private final Iterator<Anchor> rest;
        private @Nullable Anchor next;

        Heads(Iterator<Anchor> rest) {
            this.rest = rest;
        }

        boolean agree(AuditBlock block) {
            while (true) {
                if (next == null && rest.hasNext()) {
                    next = rest.next();
                }
                if (next == null || next.block() > block.number()) {
                    return true;
                }
                if (next.block() == block.number()
                        && !next.head().equals(HexFormat.of().formatHex(block.head()))) {
                    return false;
                }
                next = null; // a block that was anchored anew has two
            }
        }
    }
}
