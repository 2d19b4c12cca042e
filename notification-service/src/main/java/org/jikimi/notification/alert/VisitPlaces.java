package org.jikimi.notification.alert;

import java.sql.Connection;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;

/** In which districts visits are to be made, as the latest plans tell that were heard of. */
final class VisitPlaces {
    /**
     * @param version of the visit, in the latest plan
     * @param since the version with which the visit was first heard to have moved there; 0 if it is where it was first, less
     *     if another district had been alerted by a release that keeps no places
     */
    record Place(String district, long version, long since) {}

    /**
     * Notes a plan, unless a later one is known. Answers what holds now. Which plan is the later one is not known if a
     * release that keeps no places has alerted another district: then both alerts stand.
     */
    Place note(Connection tx, UUID visitId, long version, String district) {
        return Sql.on(tx)
                .createQuery("""
                        INSERT INTO visit_place AS known (visit_id, version, district_code, since)
                        VALUES (:visit, :version, :district, CASE WHEN EXISTS (
                            SELECT FROM alert WHERE subject_id = :visit AND kind = ANY (:kinds) AND state <> 'CLOSED'
                              AND alert.district_code <> :district) THEN -1 ELSE 0 END)
                        ON CONFLICT (visit_id) DO UPDATE SET
                            version = greatest(known.version, EXCLUDED.version),
                            district_code = CASE WHEN known.version < EXCLUDED.version THEN EXCLUDED.district_code
                                ELSE known.district_code END,
                            since = CASE WHEN known.version < EXCLUDED.version
                                    AND known.district_code <> EXCLUDED.district_code THEN EXCLUDED.version
                                ELSE known.since END
                        RETURNING district_code, version, since""")
                .bind("visit", visitId)
                .bind("version", version)
                .bind("district", district)
                .bindArray(
                        "kinds",
                        String.class,
                        FollowVisits.KINDS.stream().map(AlertKind::name).toArray())
                .map((row, context) ->
                        new Place(row.getString("district_code"), row.getLong("version"), row.getLong("since")))
                .one();
    }

    /** Notes that a visit is made to a child. */
    void noteChild(Connection tx, UUID visitId, UUID child) {
        Sql.on(tx)
                .createUpdate(
                        "INSERT INTO visit_child (visit_id, child_id) VALUES (:visit, :child) ON CONFLICT DO NOTHING")
                .bind("visit", visitId)
                .bind("child", child)
                .execute();
    }
}
