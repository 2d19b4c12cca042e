package org.jikimi.referral.waiting;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jikimi.referral.agency.AgencyDirectory;
import org.jikimi.referral.agency.AgencyKind;
import org.jikimi.referral.agency.PlacesGained;
import org.jikimi.referral.placement.PlaceChildren;
import org.jikimi.referral.referral.RetryUnplaced;
import org.jikimi.runtime.due.DueHandler;

/** When an agency has places again, whoever waits for one is tried. */
@ApplicationScoped
public class RetryWaiting implements DueHandler {
    private final AgencyDirectory directory;
    private final RetryUnplaced referrals;
    private final PlaceChildren placements;

    public RetryWaiting(AgencyDirectory directory, RetryUnplaced referrals, PlaceChildren placements) {
        this.directory = directory;
        this.referrals = referrals;
        this.placements = placements;
    }

    @Override
    public String kind() {
        return PlacesGained.KIND;
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        var agency = directory.find(tx, PlacesGained.agencyOf(subject));
        if (agency.isEmpty()) {
            return;
        }
        if (agency.get().kind() == AgencyKind.SHELTER) {
            placements.retryWaiting(tx);
        } else {
            referrals.retry(tx, agency.get());
        }
    }
}
