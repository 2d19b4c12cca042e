package org.jikimi.referral.placement;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.referral.access.RowScope;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.rest.Cursor;
import org.jikimi.runtime.security.Caller;

/** Lists the placements that a caller may see; the same rows as {@link RowScope} lets through one by one. */
@ApplicationScoped
class ListPlacements {
    private final Placements placements = new Placements();

    Optional<Placement> find(Connection tx, UUID id) {
        return placements.find(tx, id);
    }

    Optional<Placement> lock(Connection tx, UUID id) throws SQLException {
        return placements.lock(tx, id);
    }

    /** The values that the list is sorted by. */
    static List<String> position(Placement placement) {
        return List.of(placement.requestedAt().toString(), placement.id().toString());
    }

    /** One row more than the page has. */
    List<Placement> list(Connection tx, Caller caller, PlacementFilter filter, Cursor cursor) {
        var after = cursor.after();
        return Sql.on(tx)
                .createQuery("""
                        SELECT * FROM placement
                        WHERE (:byDistrict AND district_code = ANY(:districts) OR agency_id = CAST(:agency AS uuid))
                          AND (CAST(:state AS text) IS NULL OR state = :state)
                          AND (CAST(:district AS text) IS NULL OR district_code = :district)
                          AND (CAST(:child AS uuid) IS NULL OR child_id = CAST(:child AS uuid))
                          AND (CAST(:group AS uuid) IS NULL OR group_id = CAST(:group AS uuid))
                          AND (:beginning
                               OR (requested_at, id) < (CAST(:afterAt AS timestamptz), CAST(:afterId AS uuid)))
                        ORDER BY requested_at DESC, id DESC LIMIT :limit""")
                .bind("byDistrict", RowScope.seesByDistrict(caller))
                .bindArray("districts", String.class, caller.districts().toArray())
                .bind("agency", caller.agencyId())
                .bind("state", filter.state() == null ? null : filter.state().name())
                .bind("district", filter.districtCode())
                .bind("child", filter.childId())
                .bind("group", filter.groupId())
                .bind("beginning", cursor.atBeginning())
                .bind("afterAt", cursor.atBeginning() ? null : after.get(0))
                .bind("afterId", cursor.atBeginning() ? null : after.get(1))
                .bind("limit", cursor.fetch())
                .map((row, context) -> Placements.read(row))
                .list();
    }
}
