package org.jikimi.screening.round.screening;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jikimi.screening.bulk.CopiedRows;
import org.jikimi.screening.flag.Flag;
import org.jikimi.screening.flag.Reasons;
import org.jikimi.screening.round.selection.Linked;
import org.jspecify.annotations.Nullable;

/** The fingerprint of all that a screening alone decides: whom it flagged, kept waiting and linked, and why. */
final class Manifest {
    private Manifest() {}

    /** SHA-256 over a line of each child that the round keeps, in the order of their ids; in hex. */
    static String of(Connection tx, UUID round) throws SQLException {
        var hash = sha256();
        try (var flags = CopiedRows.of(tx, """
                SELECT state = 'BACKLOG' OR promoted_at IS NOT NULL, id, child_id, rank, score, reasons, flagged_at
                FROM flag WHERE round_id = '%s' ORDER BY child_id""".formatted(round))) {
            while (flags.next()) {
                add(
                        hash,
                        line(
                                flags.bool(),
                                flags.uuid(),
                                flags.uuid(),
                                flags.int4(),
                                flags.int4(),
                                flags.text(),
                                flags.instant()));
            }
        }
        try (var linked = CopiedRows.of(tx, """
                SELECT child_id, score, kind, ref FROM round_linked
                WHERE round_id = '%s' ORDER BY child_id""".formatted(round))) {
            while (linked.next()) {
                add(hash, line(linked.uuid(), linked.int4(), linked.text(), linked.uuid()));
            }
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    /** What it tells of a flag. */
    static String line(Flag flag) {
        boolean waited = flag.state().equals(Flag.BACKLOG) || flag.promotedAt() != null;
        return line(
                waited,
                flag.id(),
                flag.childId(),
                flag.rank(),
                flag.score(),
                Reasons.write(flag.reasons()),
                flag.flaggedAt());
    }

    /** What it tells of a child that was linked. */
    static String line(Linked child) {
        return line(child.childId(), child.score(), child.kind(), child.ref());
    }

    private static String line(
            boolean waited,
            UUID id,
            UUID child,
            @Nullable Integer rank,
            int score,
            @Nullable String reasons,
            Instant flaggedAt) {
        return "%s %s %s %d %d %s %s\n"
                .formatted(waited ? "backlog" : "flag", id, child, rank, score, reasons, flaggedAt);
    }

    private static String line(UUID child, int score, @Nullable String kind, UUID ref) {
        return "linked %s %d %s %s\n".formatted(child, score, kind, ref);
    }

    private static void add(MessageDigest hash, String line) {
        hash.update(line.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
