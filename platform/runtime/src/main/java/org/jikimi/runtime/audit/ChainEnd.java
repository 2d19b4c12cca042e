package org.jikimi.runtime.audit;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where the chain of blocks ends: what the next block goes on from, without the rows of the newest one.
 *
 * @param number of the newest block; 0 before the first
 * @param prev snapshot in which everything visible was sealed before the newest block
 * @param target snapshot of which the newest block seals what is visible
 * @param lastSeq the last row of the newest block; 0 before the first
 * @param head hash of the newest block
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ChainEnd(long number, String prev, String target, long lastSeq, byte[] head) {
    private static final String NOTHING_YET = "1:1:";

    /** Before the first block. */
    static final ChainEnd NONE = new ChainEnd(0, NOTHING_YET, NOTHING_YET, 0, new byte[Merkle.HASH_BYTES]);

    static ChainEnd find(Connection tx) throws SQLException {
        try (var select = tx.createStatement();
                var row = select.executeQuery("SELECT number, prev::text, target::text, last_seq, head"
                        + " FROM audit_block ORDER BY number DESC LIMIT 1")) {
            return row.next()
                    ? new ChainEnd(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4), row.getBytes(5))
                    : NONE;
        }
    }
}
