package org.jikimi.referral.agency;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jikimi.runtime.due.DueHandler;

/** Opens a planned agency on its first day. */
@ApplicationScoped
public class OpenAgency implements DueHandler {
    public static final String KIND = "agency.opening";

    private final ChangeAgency change;
    private final AgencyDirectory directory;

    public OpenAgency(ChangeAgency change, AgencyDirectory directory) {
        this.change = change;
        this.directory = directory;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        var agency = directory.lock(tx, UUID.fromString(subject));
        if (agency.isPresent() && agency.get().state() == AgencyState.PLANNED) {
            change.status(tx, agency.get(), AgencyState.OPEN);
        }
    }
}
