package org.jikimi.screening.rights;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;

/** What this service has heard of that endangers a child if told at home: for who decides, and for nobody else. */
final class KnownDanger {
    private static final String CODES = """
            WITH own AS (SELECT CAST(:child AS uuid) AS id UNION SELECT alias_id FROM child_alias WHERE child_id = :child),
                 home AS (SELECT id, true AS own FROM own
                          UNION SELECT c.id, false FROM child c
                                WHERE c.household_id IN (SELECT household_id FROM child JOIN own USING (id))
                                  AND c.id NOT IN (SELECT id FROM own)),
                 known AS (SELECT child_id, 'OPEN_' || kind AS code FROM open_work WHERE open AND kind IN ('REPORT', 'CASE')
                           UNION ALL SELECT child_id, 'WATCHED_CASE' FROM open_work WHERE NOT open AND watched_until >= :today
                           UNION ALL SELECT child_id, 'ABUSE_DETERMINED' FROM abuse_finding WHERE determination = 'ABUSE')
            SELECT DISTINCT CASE WHEN own THEN '' ELSE 'SIBLING_' END || code FROM home JOIN known ON child_id = id
            ORDER BY 1""";

    private KnownDanger() {}

    /**
     * Codes: {@code OPEN_REPORT} (an investigation too), {@code OPEN_CASE}, {@code WATCHED_CASE}, {@code ABUSE_DETERMINED};
     * with {@code SIBLING_} before them of another child of the household.
     *
     * @param child one that survives
     */
    static List<String> of(Connection tx, UUID child, LocalDate today) {
        return Sql.on(tx)
                .createQuery(CODES)
                .bind("child", child)
                .bind("today", today)
                .mapTo(String.class)
                .list();
    }
}
