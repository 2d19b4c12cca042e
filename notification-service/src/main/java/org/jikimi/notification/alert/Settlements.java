package org.jikimi.notification.alert;

import java.sql.Connection;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Remembers what has been done, for alerts that come after it. */
final class Settlements {
    private static final UUID ANY = new UUID(0, 0);

    void remember(Connection tx, Settlement settlement, Instant now) {
        Jdbi.open(tx)
                .createUpdate("INSERT INTO settlement (kind, subject_id, party, settled_at, until) "
                        + "VALUES (:kind, :subject, :party, :now, coalesce(CAST(:until AS timestamptz), 'infinity')) "
                        + "ON CONFLICT (subject_id, kind, party) DO UPDATE "
                        + "SET until = greatest(settlement.until, EXCLUDED.until)")
                .bind("kind", settlement.kind().name())
                .bind("subject", settlement.subjectId())
                .bind("party", settlement.party() == null ? ANY : settlement.party())
                .bind("now", now)
                .bind("until", settlement.until())
                .execute();
    }

    boolean covers(Connection tx, Alert alert) {
        var party = alert.subject().party();
        return Jdbi.open(tx)
                .createQuery("SELECT EXISTS (SELECT FROM settlement WHERE subject_id = :subject AND kind = :kind "
                        + "AND party IN (:any, :party) AND until >= :actBy)")
                .bind("subject", alert.subject().id())
                .bind("kind", alert.kind().name())
                .bind("any", ANY)
                .bind("party", party == null ? ANY : party)
                .bind("actBy", alert.actBy())
                .mapTo(Boolean.class)
                .one();
    }
}
