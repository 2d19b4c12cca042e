package org.jikimi.runtime.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Some audit rows, sealed together.
 *
 * @param number from 1, without gaps
 * @param prev snapshot in which everything visible was sealed before
 * @param target snapshot of which this block seals what is visible
 * @param seqs the rows, ascending
 * @param leaves a hash of each row
 * @param head hash of all of this; what the next block goes on from
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record AuditBlock(
        long number,
        String prev,
        String target,
        List<Long> seqs,
        List<byte[]> leaves,
        byte[] root,
        byte[] previousHead,
        byte[] head,
        Instant sealedAt) {
    static final String COLUMNS =
            "number, prev::text, target::text, seqs, leaves, root, previous_head, head, sealed_at";
    /** Stands before the first block. */
    static final AuditBlock NONE = new AuditBlock(
            0,
            ChainEnd.NONE.prev(),
            ChainEnd.NONE.target(),
            List.of(),
            List.of(),
            new byte[0],
            new byte[0],
            ChainEnd.NONE.head(),
            Instant.EPOCH);

    /** The block after those that end there. */
    static AuditBlock after(
            ChainEnd end, String prev, String target, List<Long> seqs, List<byte[]> leaves, Instant now) {
        var number = end.number() + 1;
        var root = Merkle.root(leaves);
        var at = now.truncatedTo(ChronoUnit.MICROS);
        var head = head(number, prev, target, seqs, root, end.head(), at);
        return new AuditBlock(number, prev, target, seqs, leaves, root, end.head(), head, at);
    }

    /** The number of the last row; 0 before the first block. */
    long lastSeq() {
        return seqs.isEmpty() ? 0 : seqs.getLast();
    }

    /** Whether this is a whole block and the one that follows another. */
    boolean follows(AuditBlock before) {
        return !seqs.isEmpty()
                && seqs.size() == leaves.size()
                && Arrays.equals(previousHead, before.head)
                && Arrays.equals(root, Merkle.root(leaves))
                && Arrays.equals(head, head(number, prev, target, seqs, root, previousHead, sealedAt));
    }

    void insert(Connection tx) throws SQLException {
        var sql = "INSERT INTO audit_block (number, prev, target, seqs, leaves, root, previous_head, head, sealed_at) "
                + "VALUES (?, ?::pg_snapshot, ?::pg_snapshot, ?, ?, ?, ?, ?, ?::timestamptz)";
        try (var insert = tx.prepareStatement(sql)) {
            insert.setLong(1, number);
            insert.setString(2, prev);
            insert.setString(3, target);
            insert.setArray(4, tx.createArrayOf("bigint", seqs.toArray()));
            insert.setBytes(5, joined(leaves));
            insert.setBytes(6, root);
            insert.setBytes(7, previousHead);
            insert.setBytes(8, head);
            insert.setString(9, sealedAt.toString());
            insert.executeUpdate();
        }
    }

    static AuditBlock read(ResultSet row) throws SQLException {
        return new AuditBlock(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                List.of((Long[]) row.getArray(4).getArray()),
                split(row.getBytes(5)),
                row.getBytes(6),
                row.getBytes(7),
                row.getBytes(8),
                row.getObject(9, OffsetDateTime.class).toInstant());
    }

    private static byte[] head(
            long number, String prev, String target, List<Long> seqs, byte[] root, byte[] previousHead, Instant at) {
        try (var bytes = new ByteArrayOutputStream();
                var out = new DataOutputStream(bytes)) {
            out.writeLong(number);
            for (var snapshot : List.of(prev, target)) {
                var text = snapshot.getBytes(UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
            out.writeInt(seqs.size());
            for (long seq : seqs) {
                out.writeLong(seq);
            }
            out.write(root);
            out.write(previousHead);
            out.writeLong(at.getEpochSecond());
            out.writeInt(at.get(ChronoField.MICRO_OF_SECOND));
            return Merkle.head(bytes.toByteArray());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // it is written to memory
        }
    }

    private static byte[] joined(List<byte[]> leaves) {
        var all = new ByteArrayOutputStream(leaves.size() * Merkle.HASH_BYTES);
        leaves.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static List<byte[]> split(byte[] leaves) {
        var all = new ArrayList<byte[]>(leaves.length / Merkle.HASH_BYTES);
        for (int from = 0; from < leaves.length; from += Merkle.HASH_BYTES) {
            all.add(Arrays.copyOfRange(leaves, from, from + Merkle.HASH_BYTES));
        }
        return all;
    }
}
