package org.jikimi.runtime.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** The tree of RFC 6962, section 2.1, with SHA-256. What is hashed begins with its kind, so that none passes for another. */
final class Merkle {
    static final int HASH_BYTES = 32;
    private static final byte LEAF = 0;
    private static final byte NODE = 1;
    private static final byte HEAD = 2;

    private Merkle() {}

    /** A row at its place; the keyed hash stands for all that the row says. */
    static byte[] leaf(long seq, byte[] mac) {
        var place = ByteBuffer.allocate(Long.BYTES).putLong(seq).array();
        return sha256(LEAF, place, mac);
    }

    /** The head of a block, over everything the block says but its leaves, which are in the root. */
    static byte[] head(byte[] block) {
        return sha256(HEAD, block);
    }

    /**
     * The root over leaves.
     *
     * @param leaves at least one
     */
    static byte[] root(List<byte[]> leaves) {
        var level = leaves;
        while (level.size() > 1) {
            var above = new ArrayList<byte[]>((level.size() + 1) / 2);
            for (int n = 0; n + 1 < level.size(); n += 2) {
                above.add(sha256(NODE, level.get(n), level.get(n + 1)));
            }
            if (level.size() % 2 == 1) {
                above.add(level.getLast());
            }
            level = above;
        }
        return level.getFirst();
    }

    private static byte[] sha256(byte kind, byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(kind);
            for (var part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has SHA-256
        }
    }
}
