package org.jikimi.runtime.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.keys.Keyring;
import org.jspecify.annotations.Nullable;

/** Audit rows in the table {@code audit}, each with a keyed hash over what it says. */
public final class JdbcAudit implements Audit {
    static final String PURPOSE = "audit";

    private static final String INSERT =
            "INSERT INTO audit (id, at, principal, agency, action, subjects, purpose, mac) "
                    + "VALUES (?, ?::timestamptz, ?, ?, ?, ?, ?, ?)";
    /** Sent as one: the server comes to the second only if the first succeeded. */
    private static final String INSERT_AND_COMMIT = INSERT + "; COMMIT";

    private final Keyring keys;

    public JdbcAudit(Keyring keys) {
        this.keys = keys;
    }

    @Override
    public void record(Connection tx, AuditEntry entry) throws SQLException {
        write(tx, INSERT, entry);
    }

    @Override
    public void recordAndCommit(Connection tx, AuditEntry entry) throws SQLException {
        write(tx, INSERT_AND_COMMIT, entry);
    }

    private void write(Connection tx, String sql, AuditEntry entry) throws SQLException {
        var id = EventIds.next();
        try (var insert = tx.prepareStatement(sql)) {
            insert.setObject(1, id);
            insert.setString(2, entry.at().truncatedTo(ChronoUnit.MICROS).toString());
            insert.setString(3, entry.principal());
            insert.setObject(4, entry.agencyId());
            insert.setString(5, entry.action());
            insert.setArray(6, tx.createArrayOf("text", entry.subjects().toArray()));
            insert.setString(7, entry.purpose());
            insert.setBytes(8, keys.mac(PURPOSE, canonical(id, entry)));
            insert.executeUpdate();
        }
    }

    /** What the keyed hash of a row covers: every field with its length before it, so that no two rows read the same. */
    static byte[] canonical(UUID id, AuditEntry entry) {
        try (var bytes = new ByteArrayOutputStream();
                var out = new DataOutputStream(bytes)) {
            write(out, id.toString());
            write(out, entry.at().truncatedTo(ChronoUnit.MICROS).toString());
            write(out, entry.principal());
            write(out, entry.agencyId() == null ? null : entry.agencyId().toString());
            write(out, entry.action());
            out.writeInt(entry.subjects().size());
            for (var subject : entry.subjects()) {
                write(out, subject);
            }
            write(out, entry.purpose());
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // it is written to memory
        }
    }

    private static void write(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
        } else {
            var bytes = text.getBytes(UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }
}
