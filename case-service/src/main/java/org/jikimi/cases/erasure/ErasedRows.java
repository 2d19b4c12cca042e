package org.jikimi.cases.erasure;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;

/**
 * What the tables keep of a child, by its ids. A visit to a household stays for the children who are left, without the one and
 * without what was written, for that may be about anybody.
 */
final class ErasedRows {
    static final String WORK = """
            SELECT EXISTS (SELECT 1 FROM visit WHERE child_ids && :ids AND state IN ('PLANNED', 'ATTEMPTED'))
                OR EXISTS (SELECT 1 FROM whereabouts_check WHERE child_id = ANY (:ids) AND state = 'OPEN')
                OR EXISTS (SELECT 1 FROM report WHERE child_id = ANY (:ids) AND state <> 'CLOSED')
                OR EXISTS (SELECT 1 FROM investigation WHERE child_id = ANY (:ids) AND state = 'STARTED')
                OR EXISTS (SELECT 1 FROM case_file WHERE child_id = ANY (:ids)
                           AND (state NOT IN ('CLOSED', 'MANAGEMENT_REFUSED') OR watch_until >= :today))""";

    static final String ABOUT = """
            SELECT 'child:' || id FROM unnest(:ids) AS id
            UNION ALL SELECT 'report:' || id FROM report WHERE child_id = ANY (:ids)
            UNION ALL SELECT 'investigation:' || id FROM investigation WHERE child_id = ANY (:ids)
            UNION ALL SELECT 'measure:' || id FROM measure WHERE child_id = ANY (:ids)
            UNION ALL SELECT 'case:' || id FROM case_file WHERE child_id = ANY (:ids)""";

    static final String VISITS = "SELECT id FROM visit WHERE child_ids && :ids";

    static final List<String> STEPS = List.of(
            """
            DELETE FROM visit_flag WHERE flag_id IN (
                SELECT f::uuid FROM visit v, jsonb_array_elements(v.children) AS c,
                    jsonb_array_elements_text(c -> 'flagIds') AS f
                WHERE v.child_ids && :ids AND (c ->> 'childId')::uuid = ANY (:ids))""",
            "DELETE FROM visit WHERE child_ids && :ids AND child_ids <@ :ids",
            """
            UPDATE visit v SET note = NULL,
                child_ids = ARRAY (SELECT id FROM unnest(v.child_ids) WITH ORDINALITY AS c (id, n)
                                   WHERE id <> ALL (:ids) ORDER BY n),
                children = (SELECT coalesce(jsonb_agg(c ORDER BY n), '[]')
                            FROM jsonb_array_elements(v.children) WITH ORDINALITY AS e (c, n)
                            WHERE (c ->> 'childId')::uuid <> ALL (:ids))
            WHERE child_ids && :ids""",
            "DELETE FROM whereabouts_check WHERE child_id = ANY (:ids)",
            """
            DELETE FROM measure_placement
            WHERE measure_id IN (SELECT id FROM measure WHERE child_id = ANY (:ids))""",
            "DELETE FROM measure WHERE child_id = ANY (:ids)",
            "DELETE FROM investigation WHERE child_id = ANY (:ids)",
            "DELETE FROM report WHERE child_id = ANY (:ids)",
            "DELETE FROM case_entry WHERE case_id IN (SELECT id FROM case_file WHERE child_id = ANY (:ids))",
            "DELETE FROM followed_referral WHERE child_id = ANY (:ids)",
            "DELETE FROM case_file WHERE child_id = ANY (:ids)",
            "DELETE FROM legal_clock WHERE child_id = ANY (:ids)",
            "DELETE FROM timeline_entry WHERE child_id = ANY (:ids)",
            """
            UPDATE child_move m SET household_id = led.household_id, to_district = led.to_district,
                to_dong = led.to_dong
            FROM (SELECT DISTINCT ON (a.alias_id) a.alias_id, s.*
                  FROM child_alias a JOIN child_move s ON s.child_id = a.child_id
                  WHERE a.child_id = ANY (:ids) AND a.active
                  ORDER BY a.alias_id, s.version DESC) AS led
            WHERE m.child_id = led.alias_id AND m.by_merge AND led.version > m.child_version""",
            "DELETE FROM child_move WHERE child_id = ANY (:ids)",
            "UPDATE child_alias SET child_id = alias_id, active = false WHERE child_id = ANY (:ids)",
            "DELETE FROM child_alias WHERE alias_id = ANY (:ids)",
            "DELETE FROM register_finding WHERE child_id = ANY (:ids) OR found_as = ANY (:ids)",
            "DELETE FROM child_status WHERE child_id = ANY (:ids)",
            """
            UPDATE measure SET sibling_ids = ARRAY (SELECT id FROM unnest(sibling_ids) AS id WHERE id <> ALL (:ids))
            WHERE sibling_ids && :ids""",
            """
            UPDATE case_file SET sibling_ids = ARRAY (SELECT id FROM unnest(sibling_ids) AS id WHERE id <> ALL (:ids))
            WHERE sibling_ids && :ids""");

    private ErasedRows() {}

    /** Whether somebody works for the child, or watches it. */
    static boolean hasWork(Connection tx, List<UUID> ids, LocalDate today) {
        return Sql.on(tx)
                .createQuery(WORK)
                .bindArray("ids", UUID.class, ids.toArray())
                .bind("today", today)
                .mapTo(Boolean.class)
                .one();
    }

    /** What an answer that is remembered may have been about. */
    static List<String> about(Connection tx, List<UUID> ids) {
        return Sql.on(tx)
                .createQuery(ABOUT)
                .bindArray("ids", UUID.class, ids.toArray())
                .mapTo(String.class)
                .list();
    }

    /** Erases them; answers the visits whose keys are to be destroyed too. */
    static List<UUID> erase(Connection tx, List<UUID> ids) throws SQLException {
        var visits = Sql.on(tx)
                .createQuery(VISITS)
                .bindArray("ids", UUID.class, ids.toArray())
                .mapTo(UUID.class)
                .list();
        for (var step : STEPS) {
            Sql.on(tx)
                    .createUpdate(step)
                    .bindArray("ids", UUID.class, ids.toArray())
                    .execute();
        }
        return visits;
    }
}
