package org.jikimi.screening.bulk;

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
import org.postgresql.copy.CopyOut;

/** Reads the rows of a query by binary COPY, column by column in their order. */
public final class CopiedRows implements AutoCloseable {
    private static final int HEADER_BYTES = 19;
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final Instant FIRST_MOMENT = Instant.parse("2000-01-01T00:00:00Z");

    private final CopyOut copy;
    private ByteBuffer row = ByteBuffer.allocate(0);
    private boolean first = true;

    private CopiedRows(CopyOut copy) {
        this.copy = copy;
    }

    /**
     * Runs a query.
     *
     * @param query without parameters: what varies in it must be the service's own ids and numbers, or a {@link #literal}
     */
    public static CopiedRows of(Connection tx, String query) throws SQLException {
        return new CopiedRows(
                tx.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY (" + query + ") TO STDOUT (FORMAT binary)"));
    }

    /** A text as a query may hold it, in its quotes. */
    public static String literal(Connection tx, String text) throws SQLException {
        return "'" + tx.unwrap(PGConnection.class).escapeLiteral(text) + "'";
    }

    /** Moves to the next row; false at the end. */
    public boolean next() throws SQLException {
        for (var bytes = copy.readFromCopy(); bytes != null; bytes = copy.readFromCopy()) {
            row = ByteBuffer.wrap(bytes);
            if (first) {
                row.position(HEADER_BYTES);
                first = false;
            }
            if (row.remaining() >= 2 && row.getShort() >= 0) {
                return true;
            }
        }
        return false;
    }

    public UUID uuid() {
        row.getInt();
        return new UUID(row.getLong(), row.getLong());
    }

    public @Nullable UUID optionalUuid() {
        return row.getInt() < 0 ? null : new UUID(row.getLong(), row.getLong());
    }

    public @Nullable String text() {
        int length = row.getInt();
        if (length < 0) {
            return null;
        }
        var text = new String(row.array(), row.position(), length, StandardCharsets.UTF_8);
        row.position(row.position() + length);
        return text;
    }

    public byte @Nullable [] bytes() {
        int length = row.getInt();
        if (length < 0) {
            return null;
        }
        var bytes = new byte[length];
        row.get(bytes);
        return bytes;
    }

    public @Nullable LocalDate date() {
        return row.getInt() < 0 ? null : FIRST_DAY.plusDays(row.getInt());
    }

    public LocalDate requiredDate() {
        row.getInt();
        return FIRST_DAY.plusDays(row.getInt());
    }

    /** To the microsecond, as the database keeps it. */
    public Instant instant() {
        row.getInt();
        return FIRST_MOMENT.plus(row.getLong(), ChronoUnit.MICROS);
    }

    public @Nullable Instant optionalInstant() {
        return row.getInt() < 0 ? null : FIRST_MOMENT.plus(row.getLong(), ChronoUnit.MICROS);
    }

    public int int2() {
        row.getInt();
        return row.getShort();
    }

    public long int8() {
        row.getInt();
        return row.getLong();
    }

    public int int4() {
        row.getInt();
        return row.getInt();
    }

    public boolean bool() {
        row.getInt();
        return row.get() != 0;
    }

    /** A one-dimensional {@code smallint[]} without nulls. */
    public short[] shorts() {
        row.getInt();
        int dimensions = row.getInt();
        row.getInt();
        row.getInt();
        if (dimensions == 0) {
            return new short[0];
        }
        var values = new short[row.getInt()];
        row.getInt();
        for (int i = 0; i < values.length; i++) {
            row.getInt();
            values[i] = row.getShort();
        }
        return values;
    }

    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
