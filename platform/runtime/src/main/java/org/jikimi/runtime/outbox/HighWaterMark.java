package org.jikimi.runtime.outbox;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.UUID;

/**
 * How far a database had come when its relay last looked: it can never be behind this, unless it was restored.
 *
 * @param incarnation the database's own name for its life since it was made or last restored
 * @param announced rises with every announcement; kept in the database before it is told outside
 * @param xid a transaction id that was in use
 * @param lsn a place in the write-ahead log that was safely written, such as {@code 0/16B3748}
 * @param seq the highest sequence number that an event may have been sent with
 */
record HighWaterMark(UUID incarnation, long announced, long xid, String lsn, long seq) {
    private static final String SEPARATOR = " ";

    byte[] toBytes() {
        return String.join(
                        SEPARATOR,
                        incarnation.toString(),
                        Long.toString(announced),
                        Long.toString(xid),
                        lsn,
                        Long.toString(seq))
                .getBytes(US_ASCII);
    }

    static HighWaterMark of(byte[] bytes) {
        var fields = new String(bytes, US_ASCII).split(SEPARATOR, -1);
        return new HighWaterMark(
                UUID.fromString(fields[0]),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                fields[3],
                Long.parseLong(fields[4]));
    }
}
