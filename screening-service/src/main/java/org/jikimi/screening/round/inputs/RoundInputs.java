package org.jikimi.screening.round.inputs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jikimi.runtime.db.Sql;
import org.jikimi.screening.bulk.CopiedRows;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.reference.Lawful;
import org.jikimi.screening.round.selection.RoundChild;

/** Reads what a round froze. */
public final class RoundInputs {
    private static final String COLUMNS =
            "SELECT child_id, household_id, birth_date, family_type, district_code, dong_code, care, scheme, mask, observed, "
                    + "link_kind, link_ref, reports, refused";

    private final Connection tx;
    private final UUID roundId;

    public RoundInputs(Connection tx, UUID roundId) {
        this.tx = tx;
        this.roundId = roundId;
    }

    /** Reads the children of the round, or those alone of whom something was observed. */
    public void children(boolean withSignals, Consumer<RoundChild> each) throws SQLException {
        read(tx, childrenOf(roundId) + (withSignals ? " AND mask <> 0" : ""), each);
    }

    /** Reads the children of a range of the round, or those alone of whom something was observed. */
    public void children(RoundRanges.Range range, boolean withSignals, Consumer<RoundChild> each) throws SQLException {
        read(tx, childrenWithin(roundId, range) + (withSignals ? " AND mask <> 0" : ""), each);
    }

    /** Reads the children of some households of the round. */
    public void children(Collection<UUID> households, Consumer<RoundChild> each) throws SQLException {
        var ids = households.stream().map(UUID::toString).collect(Collectors.joining(","));
        read(tx, childrenOf(roundId) + " AND household_id = ANY ('{" + ids + "}'::uuid[])", each);
    }

    /** How many children lie in a range of the round. */
    public int count(RoundRanges.Range range) {
        return Sql.on(tx)
                .createQuery(countWithin(roundId, range))
                .mapTo(Integer.class)
                .one();
    }

    /** What is asked of a range. */
    static List<String> queries(UUID round, RoundRanges.Range range) {
        return List.of(childrenWithin(round, range), countWithin(round, range));
    }

    private static String childrenWithin(UUID round, RoundRanges.Range range) {
        return COLUMNS + within(round, range);
    }

    private static String countWithin(UUID round, RoundRanges.Range range) {
        return "SELECT count(*)" + within(round, range);
    }

    /** No index answers IS TRUE: by one, the whole round would be read for each of its ranges. */
    private static String within(UUID round, RoundRanges.Range range) {
        return " FROM round_child WHERE (round_id = '%s') IS TRUE AND ctid >= '(%d,0)' AND ctid < '(%d,0)'"
                .formatted(round, range.first(), range.end());
    }

    /** Reads the children of the round whom it flagged or kept waiting, in the order of their ids. */
    public void flagged(Consumer<RoundChild> each) throws SQLException {
        read(tx, """
                SELECT c.* FROM (%s) AS c
                JOIN flag AS f ON f.round_id = '%s' AND f.household_id = c.household_id AND f.child_id = c.child_id
                ORDER BY c.child_id""".formatted(childrenOf(roundId), roundId), each);
    }

    /**
     * Those of the children that the round froze.
     *
     * @param withLinked whether those too for whom somebody worked already
     */
    public Set<UUID> among(Collection<UUID> children, boolean withLinked) throws SQLException {
        var sql = "SELECT child_id FROM round_child WHERE round_id = ? AND child_id = ANY (?)"
                + (withLinked ? "" : " AND link_kind IS NULL");
        try (var query = tx.prepareStatement(sql)) {
            query.setObject(1, roundId);
            query.setArray(2, tx.createArrayOf("uuid", children.toArray()));
            var frozen = new HashSet<UUID>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    frozen.add(rows.getObject(1, UUID.class));
                }
            }
            return frozen;
        }
    }

    /**
     * Reads children by a query with the columns of {@link FreezeInputs}.
     *
     * @param query without parameters
     */
    public static void read(Connection tx, String query, Consumer<RoundChild> each) throws SQLException {
        var texts = new HashMap<String, String>(); // a few hundred codes, a million times
        try (var rows = CopiedRows.of(tx, query)) {
            while (rows.next()) {
                var child = rows.uuid();
                var household = rows.uuid();
                var born = rows.date();
                var familyType = shared(texts, Objects.requireNonNull(rows.text()));
                var district = shared(texts, Objects.requireNonNull(rows.text()));
                var dong = shared(texts, Objects.requireNonNull(rows.text()));
                var care = shared(texts, Objects.requireNonNull(rows.text()));
                var scheme = rows.text();
                var facts = new Facts(born, familyType, district, rows.int8(), rows.shorts());
                var kind = rows.text();
                var ref = rows.optionalUuid();
                var work = kind == null || ref == null ? null : new RoundChild.Work(shared(texts, kind), ref);
                each.accept(
                        new RoundChild(child, household, dong, care, scheme, facts, work, rows.int4(), rows.bool()));
            }
        }
    }

    private static String shared(Map<String, String> texts, String text) {
        var known = texts.putIfAbsent(text, text);
        return known == null ? text : known;
    }

    /** The indicators that count. */
    public Lawful lawful() {
        return Sql.on(tx)
                .createQuery("SELECT lawful FROM round WHERE id = :round")
                .bind("round", roundId)
                .map((row, c) -> new Lawful(row.getLong(1)))
                .one();
    }

    /** The version that scores beside the round's own; empty if none does. */
    public Optional<String> shadow() {
        return Sql.on(tx)
                .createQuery("SELECT shadow_version FROM round WHERE id = :round AND shadow_version IS NOT NULL")
                .bind("round", roundId)
                .mapTo(String.class)
                .findOne();
    }

    /** The children of each household, flagged or not, in the order of their ids. */
    public Map<UUID, List<UUID>> childrenOf(Collection<UUID> households) throws SQLException {
        var sql = "SELECT household_id, child_id FROM round_child "
                + "WHERE round_id = ? AND household_id = ANY (?) ORDER BY child_id";
        try (var query = tx.prepareStatement(sql)) {
            query.setObject(1, roundId);
            query.setArray(2, tx.createArrayOf("uuid", households.toArray()));
            var children = new HashMap<UUID, List<UUID>>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    children.computeIfAbsent(rows.getObject(1, UUID.class), h -> new ArrayList<>())
                            .add(rows.getObject(2, UUID.class));
                }
            }
            return children;
        }
    }

    private static String childrenOf(UUID round) {
        return COLUMNS + " FROM round_child WHERE round_id = '%s'".formatted(round);
    }
}
