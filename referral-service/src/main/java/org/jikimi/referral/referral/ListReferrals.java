package org.jikimi.referral.referral;

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

/** Lists the referrals that a caller may see; the same rows as {@link RowScope} lets through one by one. */
@ApplicationScoped
class ListReferrals {
    private final Referrals referrals = new Referrals();
    private final Offers offers = new Offers();

    Optional<Referral> find(Connection tx, UUID id) {
        return referrals.find(tx, id);
    }

    Optional<Referral> lock(Connection tx, UUID id) throws SQLException {
        return referrals.lock(tx, id);
    }

    /** The values that the list is sorted by. */
    static List<String> position(Referral referral) {
        return List.of(referral.ask().requestedAt().toString(), referral.id().toString());
    }

    /** One row more than the page has. */
    List<Referral> list(Connection tx, Caller caller, ReferralFilter filter, Cursor cursor) {
        var after = cursor.after();
        return Sql.on(tx)
                .createQuery("""
                        SELECT * FROM referral
                        WHERE (:byDistrict AND district_code = ANY(:districts) OR agency_id = CAST(:agency AS uuid))
                          AND (CAST(:state AS text) IS NULL OR state = :state)
                          AND (CAST(:district AS text) IS NULL OR district_code = :district)
                          AND (CAST(:child AS uuid) IS NULL OR child_id = CAST(:child AS uuid))
                          AND (CAST(:case AS uuid) IS NULL OR case_id = CAST(:case AS uuid))
                          AND (CAST(:visit AS uuid) IS NULL OR visit_id = CAST(:visit AS uuid))
                          AND (:beginning
                               OR (requested_at, id) < (CAST(:afterAt AS timestamptz), CAST(:afterId AS uuid)))
                        ORDER BY requested_at DESC, id DESC LIMIT :limit""")
                .bind("byDistrict", RowScope.seesByDistrict(caller))
                .bindArray("districts", String.class, caller.districts().toArray())
                .bind("agency", caller.agencyId())
                .bind("state", filter.state() == null ? null : filter.state().name())
                .bind("district", filter.districtCode())
                .bind("child", filter.childId())
                .bind("case", filter.caseId())
                .bind("visit", filter.visitId())
                .bind("beginning", cursor.atBeginning())
                .bind("afterAt", cursor.atBeginning() ? null : after.get(0))
                .bind("afterId", cursor.atBeginning() ? null : after.get(1))
                .bind("limit", cursor.fetch())
                .map((row, context) -> Referrals.read(row))
                .list();
    }

    /** As the caller may see them; without what led to the choice of agencies. */
    List<ReferralView> views(Connection tx, Caller caller, List<Referral> listed) {
        var made = offers.of(tx, listed.stream().map(Referral::id).toList());
        return listed.stream()
                .map(referral -> ReferralView.of(
                        referral, shown(caller, made.getOrDefault(referral.id(), List.of())), List.of()))
                .toList();
    }

    /** As the caller may see it; city staff see why which agency was chosen, an agency not who has it now. */
    ReferralView view(Connection tx, Caller caller, Referral referral) {
        var made = shown(caller, offers.of(tx, referral.id()));
        if (RowScope.seesByDistrict(caller)) {
            return ReferralView.of(referral, made, offers.explanation(tx, referral.id()));
        }
        boolean own = RowScope.refusalToActFor(caller, referral.agencyId()).isEmpty();
        return ReferralView.of(own ? referral : referral.withoutTaker(), made, List.of());
    }

    /** An agency learns nothing of the others who were asked. */
    private static List<Offer> shown(Caller caller, List<Offer> made) {
        return RowScope.seesByDistrict(caller)
                ? made
                : made.stream()
                        .filter(offer -> offer.agencyId().equals(caller.agencyId()))
                        .toList();
    }
}
