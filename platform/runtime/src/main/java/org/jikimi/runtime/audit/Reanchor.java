package org.jikimi.runtime.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.keys.Keyring;

/**
 * Anchors a chain anew whose anchors were lost, or whose database was restored to an earlier time. It hides nothing: all
 * that the chain still holds must be as it was written and as it had been anchored, and the act itself stays on record,
 * as a line of the anchors and as an audit row, so that every later check can name it.
 */
public final class Reanchor {
    private static final String ACTION = "audit.reanchor";
    private static final String BLOCK = "audit-block:";
    private static final String GIVEN_UP = "given-up:";

    private final DataSource database;
    private final Keyring keys;
    private final AnchorFile anchors;

    /** @param database opens connections of the app role */
    public Reanchor(DataSource database, Keyring keys, AnchorFile anchors) {
        this.database = database;
        this.keys = keys;
        this.anchors = anchors;
    }

    /** How it ended. */
    public sealed interface Result {
        record Done(Reanchoring act) implements Result {}

        /** The anchors vouch for the chain as it is. */
        record NotNeeded() implements Result {}

        /** What is left of the chain is not what was written; anchoring it would hide that. */
        record Refused(AuditVerdict found) implements Result {}
    }

    /**
     * Does it; sealing waits meanwhile.
     *
     * @param now by the platform's clock
     * @throws IllegalArgumentException if principal or reason are not as {@link Reanchoring} asks for
     */
    public Result run(String principal, String reason, Instant now) throws SQLException {
        return Transactions.of(database).run(tx -> {
            AuditSealer.waitToBeAlone(tx);
            var newest = ChainEnd.find(tx);
            var last = anchors.newest();
            var act = new Reanchoring(
                    newest.number(),
                    last.map(Anchor::block).orElse(0L),
                    now.truncatedTo(ChronoUnit.MICROS),
                    principal,
                    reason);
            var found = AuditVerifier.verify(database, keys, new UpTo(anchors, newest.number()));
            if (!(found instanceof AuditVerdict.Intact)) {
                return new Result.Refused(found);
            }
            if (last.isPresent() && last.get().block() <= newest.number()) {
                return new Result.NotNeeded();
            }
            record(tx, act);
            anchors.reanchor(HexFormat.of().formatHex(newest.head()), act);
            return new Result.Done(act);
        });
    }

    private void record(Connection tx, Reanchoring act) throws SQLException {
        var subjects = List.of(BLOCK + act.block(), GIVEN_UP + act.givenUp());
        new JdbcAudit(keys).record(tx, new AuditEntry(act.at(), act.principal(), null, ACTION, subjects, act.reason()));
    }

    /** Every re-anchoring that the anchors or the audit rows still tell of, in the order of their times. */
    public List<Reanchoring> history() throws SQLException {
        var known = new TreeSet<>(Comparator.comparing(Reanchoring::at)
                .thenComparingLong(Reanchoring::block)
                .thenComparing(Reanchoring::principal)
                .thenComparing(Reanchoring::reason));
        known.addAll(anchors.reanchorings());
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(
                        "SELECT at, principal, subjects, purpose FROM audit WHERE action = ?")) {
            select.setString(1, ACTION);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    var subjects = List.of((String[]) row.getArray(3).getArray());
                    known.add(new Reanchoring(
                            number(subjects, BLOCK),
                            number(subjects, GIVEN_UP),
                            row.getObject(1, OffsetDateTime.class).toInstant(),
                            row.getString(2),
                            row.getString(4)));
                }
            }
        }
        return new ArrayList<>(known);
    }

    private static long number(List<String> subjects, String prefix) {
        return subjects.stream()
                .filter(subject -> subject.startsWith(prefix))
                .mapToLong(subject -> Long.parseLong(subject.substring(prefix.length())))
                .findFirst()
                .orElse(0);
    }

    /** The anchors of the blocks that are left. */
    private record UpTo(AnchorStore anchors, long end) implements AnchorStore {
        @Override
        public void append(List<Anchor> more) {
            anchors.append(more);
        }

        @Override
        public Optional<Anchor> newest() {
            return anchors.newest().filter(anchor -> anchor.block() <= end);
        }

        @Override
        public Stream<Anchor> all() {
            return anchors.all().filter(anchor -> anchor.block() <= end);
        }
    }
}
