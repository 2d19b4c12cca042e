package org.jikimi.notification.alert;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.rest.Cursor;
import org.jikimi.runtime.security.Caller;

/** Lists the alerts that a caller may see; the same rows as {@link AlertScope} lets through one by one. */
@ApplicationScoped
class ListAlerts {
    Optional<Alert> find(Connection tx, UUID id) {
        return new Alerts().find(tx, id);
    }

    /** The values that the list is sorted by. */
    static List<String> position(Alert alert) {
        return List.of(alert.raisedAt().toString(), alert.id().toString());
    }

    /** One row more than the page has. */
    List<Alert> list(Connection tx, Caller caller, AlertFilter filter, Cursor cursor) {
        var after = cursor.after();
        return Sql.on(tx)
                .createQuery("""
                        SELECT * FROM alert
                        WHERE (district_code IS NULL OR district_code = ANY(:districts))
                          AND (:oversees
                               OR agency_id = CAST(:agency AS uuid)
                               OR agency_id IS NULL AND recipient_role = ANY(:roles))
                          AND (CAST(:state AS text) IS NULL OR state = :state)
                          AND (CAST(:kind AS text) IS NULL OR kind = :kind)
                          AND (CAST(:correlation AS uuid) IS NULL OR correlation_id = CAST(:correlation AS uuid))
                          AND (CAST(:district AS text) IS NULL OR district_code = :district)
                          AND (:beginning OR (raised_at, id) < (CAST(:afterAt AS timestamptz), CAST(:afterId AS uuid)))
                        ORDER BY raised_at DESC, id DESC LIMIT :limit""")
                .bindArray("districts", String.class, caller.districts().toArray())
                .bindArray("roles", String.class, caller.roles().toArray())
                .bind("oversees", AlertScope.oversees(caller))
                .bind("agency", caller.agencyId())
                .bind("state", filter.state() == null ? null : filter.state().name())
                .bind("kind", filter.kind() == null ? null : filter.kind().name())
                .bind("correlation", filter.correlationId())
                .bind("district", filter.districtCode())
                .bind("beginning", cursor.atBeginning())
                .bind("afterAt", cursor.atBeginning() ? null : after.get(0))
                .bind("afterId", cursor.atBeginning() ? null : after.get(1))
                .bind("limit", cursor.fetch())
                .map((row, context) -> Alerts.read(row))
                .list();
    }
}
