package org.jikimi.screening.erasure;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.screening.reference.Nobody;
import org.jikimi.screening.signal.ChildStates;
import org.jikimi.screening.signal.OwnSignals;

/**
 * Takes children out of the tables. What is counted stays as a row of nobody: it names an id made up for it alone, one for
 * each id that was erased, so that what was counted together still is. Nothing keeps which id became which.
 */
final class ErasedRows {
    /** Of homes that nobody lives in, so many are taken at once; each time every raw line is looked at. */
    static final int MOST_HOMES = 10_000;

    private static final String EMPTY = "NOT EXISTS (SELECT 1 FROM child c WHERE c.household_id = h.id)";

    /**
     * Every line ever sent is looked at: they are kept by batch. One that is not settled yet goes when it is, by a rejection that
     * counts it: the registry does not know the subject any more.
     */
    private static final String RAW = """
            DELETE FROM signal_raw r WHERE subject IN (
                SELECT uuid_send(id) FROM unnest(?::uuid[]) AS id
                UNION ALL SELECT mac FROM unnest(?::bytea[]) AS mac)
            AND NOT EXISTS (SELECT 1 FROM batch_chunk c WHERE c.batch_id = r.batch_id AND NOT c.settled
                            AND r.line BETWEEN c.first_line AND c.last_line)""";

    private static final String TOLD_OF = """
            UPDATE signal SET told_of = NULL WHERE told_of IN (
                SELECT uuid_send(id) FROM unnest(?::uuid[]) AS id
                UNION ALL SELECT mac FROM unnest(?::bytea[]) AS mac)""";

    private static final String NOBODY = " FROM unnest(?::uuid[], ?::uuid[]) AS n (id, other)";

    /** Each with the ids, and those made up for them. */
    private static final List<String> ANONYMISE = List.of(
            "UPDATE flag SET id = gen_random_uuid(), child_id = n.other, household_id = n.other, reasons = '', "
                    + "report_id = CASE WHEN report_id IS NOT NULL THEN gen_random_uuid() END, "
                    + "withdrawn_for = CASE WHEN withdrawn_for IS NOT NULL THEN gen_random_uuid() END" + NOBODY
                    + " WHERE child_id = n.id",
            "UPDATE visit_result SET visit_id = gen_random_uuid(), child_id = n.other, flag_id = NULL" + NOBODY
                    + " WHERE child_id = n.id",
            "UPDATE abuse_finding SET investigation = gen_random_uuid(), child_id = n.other" + NOBODY
                    + " WHERE child_id = n.id",
            "UPDATE concern SET ref = gen_random_uuid(), child_id = n.other, household_id = NULL" + NOBODY
                    + " WHERE child_id = n.id",
            "UPDATE round_linked SET child_id = n.other, household_id = n.other, ref = gen_random_uuid()" + NOBODY
                    + " WHERE child_id = n.id",
            "DELETE FROM source_correction s USING rights_request q," + NOBODY.replace(" FROM", "")
                    + " WHERE s.request_id = q.id AND q.child_id = n.id",
            // the audit names a request's id, and the very moment of what was done, beside the child's
            "UPDATE rights_request SET id = gen_random_uuid(), child_id = n.other, wording = '', answer = NULL, "
                    + "danger = '{}', deferral_reason = NULL, registered_by = '', "
                    + "registered_at = date_trunc('day', registered_at, 'Asia/Seoul'), "
                    + "decided_at = date_trunc('day', decided_at, 'Asia/Seoul'), "
                    + "decided_by = CASE WHEN decided_by IS NOT NULL THEN '' END, answered_as = NULL" + NOBODY
                    + " WHERE child_id = n.id",
            // another child's, that tells of one whose alias that was then
            "WITH n AS (SELECT *" + NOBODY + ") UPDATE rights_request SET answer = NULL, answered_as = ARRAY("
                    + "SELECT coalesce(n.other, told.id) FROM unnest(answered_as) WITH ORDINALITY AS told (id, place) "
                    + "LEFT JOIN n USING (id) ORDER BY told.place) "
                    + "WHERE answered_as && (SELECT array_agg(n.id) FROM n)",
            "UPDATE shadow_flag SET child_id = n.other, reasons = ''" + NOBODY + " WHERE child_id = n.id",
            // whole years of age on the round's day are what is counted, and all that stays of the birth date
            // and where its rows lie is not known any more
            "WITH moved AS (UPDATE round_child c SET child_id = n.other, household_id = n.other, mask = 0, observed = '{}', "
                    + "birth_date = r.as_of - make_interval(years => extract(year FROM age(r.as_of, c.birth_date))::int), "
                    + "link_ref = CASE WHEN c.link_ref IS NOT NULL THEN gen_random_uuid() END" + NOBODY
                    + ", round r WHERE c.child_id = n.id AND r.id = c.round_id RETURNING c.round_id) "
                    + "UPDATE round SET first_page = NULL, end_page = NULL WHERE id IN (SELECT round_id FROM moved)");

    /** Each with the ids. */
    private static final List<String> DELETE = List.of(
            "DELETE FROM signal WHERE child_id = ANY (?)",
            "DELETE FROM open_work WHERE child_id = ANY (?)",
            "DELETE FROM search_end WHERE child_id = ANY (?)",
            "DELETE FROM open_help WHERE child_id = ANY (?)",
            // a piece that is being done waits for the erasure, and then finds nothing
            "DELETE FROM due_work WHERE kind = '" + OwnSignals.KIND + "' AND subject IN (SELECT subject FROM due_work "
                    + "WHERE kind = '" + OwnSignals.KIND
                    + "' AND left(subject, 36) IN (SELECT id::text FROM unnest(?::uuid[]) AS id) FOR UPDATE SKIP LOCKED)",
            "DELETE FROM child_state WHERE child_id = ANY (?)",
            "DELETE FROM identity_decision WHERE child_id = ANY (?)",
            "DELETE FROM identity_decision WHERE other_id = ANY (?)",
            "DELETE FROM child_alias WHERE child_id = ANY (?)",
            "DELETE FROM child_alias WHERE alias_id = ANY (?)",
            "DELETE FROM child_identifier WHERE child_id = ANY (?)",
            "DELETE FROM child WHERE id = ANY (?)");

    /** Each with the households that nobody lives in. */
    private static final List<String> DELETE_HOUSEHOLDS =
            List.of("DELETE FROM signal WHERE household_id = ANY (?)", "DELETE FROM household WHERE id = ANY (?)");

    private ErasedRows() {}

    /** Whether there is a household that nobody lives in, whoever left it last. */
    static boolean haveEmptyHome(Connection tx) {
        return Sql.on(tx)
                .createQuery("SELECT EXISTS (SELECT 1 FROM household h WHERE " + EMPTY + ")")
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * Erases all of the ids, and households that nobody lives in, within the caller's transaction and locks.
     *
     * @return how many households, at most {@link #MOST_HOMES}
     */
    static int erase(Connection tx, Collection<UUID> erased) throws SQLException {
        var ids = erased.stream().distinct().toArray(UUID[]::new);
        var others = erased.stream().distinct().map(id -> Nobody.next()).toArray(UUID[]::new);
        var macs = macs(tx, "SELECT mac FROM child_identifier WHERE child_id = ANY (?)", ids);
        for (var sql : ANONYMISE) {
            execute(tx, sql, ids, others);
        }
        for (var sql : DELETE) {
            execute(tx, sql, new Object[][] {ids});
        }
        var homes = emptyHomes(tx);
        macs.addAll(macs(tx, "SELECT mac FROM household WHERE mac IS NOT NULL AND id = ANY (?)", homes));
        for (var sql : List.of(RAW, TOLD_OF)) {
            try (var statement = tx.prepareStatement(sql)) {
                statement.setArray(1, tx.createArrayOf("uuid", ids));
                statement.setArray(2, tx.createArrayOf("bytea", macs.toArray(byte[][]::new)));
                statement.executeUpdate();
            }
        }
        for (var sql : DELETE_HOUSEHOLDS) {
            execute(tx, sql, new Object[][] {homes});
        }
        return homes.length;
    }

    /** Locks them and looks again, for a child may just have been put into one. */
    private static UUID[] emptyHomes(Connection tx) throws SQLException {
        var found = Sql.on(tx)
                .createQuery("SELECT h.id FROM household h WHERE " + EMPTY + " ORDER BY h.id LIMIT " + MOST_HOMES)
                .mapTo(UUID.class)
                .list();
        ChildStates.lockHouseholds(tx, found);
        return Sql.on(tx)
                .createQuery("SELECT h.id FROM household h WHERE h.id = ANY (:found) AND " + EMPTY)
                .bindArray("found", UUID.class, found.toArray())
                .mapTo(UUID.class)
                .list()
                .toArray(UUID[]::new);
    }

    private static List<byte[]> macs(Connection tx, String sql, UUID[] ids) throws SQLException {
        var macs = new ArrayList<byte[]>();
        try (var query = tx.prepareStatement(sql)) {
            query.setArray(1, tx.createArrayOf("uuid", ids));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    macs.add(rows.getBytes(1));
                }
            }
        }
        return macs;
    }

    private static void execute(Connection tx, String sql, Object[]... arrays) throws SQLException {
        try (var statement = tx.prepareStatement(sql)) {
            for (int n = 0; n < arrays.length; n++) {
                statement.setArray(n + 1, tx.createArrayOf("uuid", arrays[n]));
            }
            statement.executeUpdate();
        }
    }
}
