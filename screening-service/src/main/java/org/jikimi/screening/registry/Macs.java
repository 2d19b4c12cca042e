package org.jikimi.screening.registry;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;

/** Keyed hashes to look up. */
final class Macs {
    private Macs() {}

    /** As an array in the order of the index that they are looked up in, so that the next one mostly lies where the last did. */
    static Array array(Connection tx, Stream<byte[]> macs) throws SQLException {
        return tx.createArrayOf("bytea", macs.sorted(Arrays::compareUnsigned).toArray(byte[][]::new));
    }
}
