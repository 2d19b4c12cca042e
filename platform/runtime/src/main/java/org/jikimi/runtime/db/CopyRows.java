package org.jikimi.runtime.db;

import java.nio.ByteBuffer;
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
    private static final int LARGEST_FIXED = 20;
    /** PostgreSQL's number of the type smallint. */
    private static final int INT2 = 21;

    private static final long FIRST_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
    private static final Instant FIRST_INSTANT = Instant.parse("2000-01-01T00:00:00Z");

    private final CopyIn copy;
    private final int columns;
    private ByteBuffer out = ByteBuffer.allocate(FLUSH_AT + 4096);

    private CopyRows(CopyIn copy, int columns) {
        this.copy = copy;
        this.columns = columns;
        out.put(HEADER);
    }

    public static CopyRows into(Connection tx, String table, String... columns) throws SQLException {
        var sql = "COPY " + table + " (" + String.join(", ", columns) + ") FROM STDIN (FORMAT binary)";
        return new CopyRows(tx.unwrap(PGConnection.class).getCopyAPI().copyIn(sql), columns.length);
    }

    /** Begins a row; its columns follow. */
    public CopyRows row() throws SQLException {
        if (out.position() >= FLUSH_AT) {
            flush();
        }
        room(LARGEST_FIXED).putShort((short) columns);
        return this;
    }

    public CopyRows uuid(@Nullable UUID value) {
        if (value == null) {
            return none();
        }
        room(LARGEST_FIXED).putInt(16).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
        return this;
    }

    public CopyRows text(@Nullable String value) {
        return value == null ? none() : bytea(value.getBytes(StandardCharsets.UTF_8));
    }

    public CopyRows bytea(byte @Nullable [] value) {
        if (value == null) {
            return none();
        }
        room(4 + value.length).putInt(value.length).put(value);
        return this;
    }

    public CopyRows int8(long value) {
        room(LARGEST_FIXED).putInt(8).putLong(value);
        return this;
    }

    public CopyRows int4(@Nullable Integer value) {
        if (value == null) {
            return none();
        }
        room(LARGEST_FIXED).putInt(4).putInt(value);
        return this;
    }

    public CopyRows int2(int value) {
        room(LARGEST_FIXED).putInt(2).putShort((short) value);
        return this;
    }

    /** A {@code smallint[]}. */
    public CopyRows shorts(short[] values) {
        boolean empty = values.length == 0;
        var array = room(32 + 6 * values.length)
                .putInt(empty ? 12 : 20 + 6 * values.length)
                .putInt(empty ? 0 : 1) // dimensions
                .putInt(0) // no nulls
                .putInt(INT2);
        if (!empty) {
            array.putInt(values.length).putInt(1);
            for (short value : values) {
                array.putInt(2).putShort(value);
            }
        }
        return this;
    }

    public CopyRows bool(boolean value) {
        room(LARGEST_FIXED).putInt(1).put((byte) (value ? 1 : 0));
        return this;
    }

    public CopyRows date(@Nullable LocalDate value) {
        if (value == null) {
            return none();
        }
        room(LARGEST_FIXED).putInt(4).putInt((int) (value.toEpochDay() - FIRST_DAY));
        return this;
    }

    public CopyRows timestamp(@Nullable Instant value) {
        return value == null ? none() : int8(ChronoUnit.MICROS.between(FIRST_INSTANT, value));
    }

    private CopyRows none() {
        room(LARGEST_FIXED).putInt(-1);
        return this;
    }

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            out = ByteBuffer.allocate(out.position() + bytes + FLUSH_AT).put(out.flip());
        }
        return out;
    }

    /** Sends what is left. Answers how many rows the table took. */
    public long finish() throws SQLException {
        room(LARGEST_FIXED).putShort((short) -1);
        flush();
        return copy.endCopy();
    }

    private void flush() throws SQLException {
        copy.writeToCopy(out.array(), 0, out.position());
        out.clear();
    }

    /** Abandons the COPY unless it was finished; the transaction is then lost. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
