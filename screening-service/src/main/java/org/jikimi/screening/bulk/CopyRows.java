package org.jikimi.screening.bulk;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Writes rows into a table by binary COPY, in the order of the columns named; {@link #finish} ends it. */
public final class CopyRows implements AutoCloseable {
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final int FLUSH_AT = 64 * 1024;
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final Instant FIRST_INSTANT = Instant.parse("2000-01-01T00:00:00Z");

    private final CopyIn copy;
    private final int columns;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(FLUSH_AT + 4096);
    private final DataOutputStream out = new DataOutputStream(bytes);

    private CopyRows(CopyIn copy, int columns) {
        this.copy = copy;
        this.columns = columns;
        bytes.writeBytes(HEADER);
    }

    public static CopyRows into(Connection tx, String table, String... columns) throws SQLException {
        var sql = "COPY " + table + " (" + String.join(", ", columns) + ") FROM STDIN (FORMAT binary)";
        return new CopyRows(tx.unwrap(PGConnection.class).getCopyAPI().copyIn(sql), columns.length);
    }

    /** Begins a row; its columns follow. */
    public CopyRows row() throws SQLException {
        if (bytes.size() >= FLUSH_AT) {
            flush();
        }
        return put(() -> out.writeShort(columns));
    }

    public CopyRows uuid(@Nullable UUID value) {
        return value == null
                ? none()
                : put(() -> {
                    out.writeInt(16);
                    out.writeLong(value.getMostSignificantBits());
                    out.writeLong(value.getLeastSignificantBits());
                });
    }

    public CopyRows text(@Nullable String value) {
        return value == null ? none() : bytea(value.getBytes(StandardCharsets.UTF_8));
    }

    public CopyRows bytea(byte @Nullable [] value) {
        return value == null
                ? none()
                : put(() -> {
                    out.writeInt(value.length);
                    out.write(value);
                });
    }

    public CopyRows int8(long value) {
        return put(() -> {
            out.writeInt(8);
            out.writeLong(value);
        });
    }

    public CopyRows int4(@Nullable Integer value) {
        return value == null
                ? none()
                : put(() -> {
                    out.writeInt(4);
                    out.writeInt(value);
                });
    }

    public CopyRows int2(int value) {
        return put(() -> {
            out.writeInt(2);
            out.writeShort(value);
        });
    }

    public CopyRows bool(boolean value) {
        return put(() -> {
            out.writeInt(1);
            out.writeByte(value ? 1 : 0);
        });
    }

    public CopyRows date(@Nullable LocalDate value) {
        return value == null ? none() : int4((int) ChronoUnit.DAYS.between(FIRST_DAY, value));
    }

    public CopyRows timestamp(Instant value) {
        return int8(ChronoUnit.MICROS.between(FIRST_INSTANT, value));
    }

    private CopyRows none() {
        return put(() -> out.writeInt(-1));
    }

    /** Sends what is left. Answers how many rows the table took. */
    public long finish() throws SQLException {
        put(() -> out.writeShort(-1));
        flush();
        return copy.endCopy();
    }

    private void flush() throws SQLException {
        var chunk = bytes.toByteArray();
        copy.writeToCopy(chunk, 0, chunk.length);
        bytes.reset();
    }

    private CopyRows put(Part part) {
        try {
            part.write();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Abandons the COPY unless it was finished; the transaction is then lost. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private interface Part {
        void write() throws IOException;
    }
}
