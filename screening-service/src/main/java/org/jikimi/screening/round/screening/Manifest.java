package org.jikimi.screening.round.screening;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jikimi.screening.flag.Flag;
import org.jikimi.screening.flag.Reasons;
import org.jikimi.screening.round.selection.Linked;

/** The fingerprint of all that a screening alone decides: whom it flagged, kept waiting and linked, and why. */
final class Manifest {
    private Manifest() {}

    /** SHA-256 over a line of each child, in the order of their ids; in hex. */
    static String of(List<Flag> flags, List<Linked> linked) {
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            flags.stream().sorted(Comparator.comparing(Flag::childId)).forEach(flag -> add(hash, line(flag)));
            linked.stream().sorted(Comparator.comparing(Linked::childId)).forEach(child -> add(hash, line(child)));
            return HexFormat.of().formatHex(hash.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void add(MessageDigest hash, String line) {
        hash.update(line.getBytes(StandardCharsets.UTF_8));
    }

    private static String line(Flag flag) {
        boolean waited = flag.state().equals(Flag.BACKLOG) || flag.promotedAt() != null;
        return "%s %s %s %d %d %s %s\n"
                .formatted(
                        waited ? "backlog" : "flag",
                        flag.id(),
                        flag.childId(),
                        flag.rank(),
                        flag.score(),
                        Reasons.write(flag.reasons()),
                        flag.flaggedAt());
    }

    private static String line(Linked child) {
        return "linked %s %d %s %s\n".formatted(child.childId(), child.score(), child.kind(), child.ref());
    }
}
