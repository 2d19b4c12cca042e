package org.jikimi.referral.agency;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.event.EventIds;

/** Tells that an agency has places again, so that what waits for one is tried; in a transaction of its own. */
@ApplicationScoped
public class PlacesGained {
    /** Kind of the due work; its subject begins with the agency's id. */
    public static final String KIND = "places.gained";

    private static final int UUID_LENGTH = 36;

    private final DueWork dueWork;

    public PlacesGained(DueWork dueWork) {
        this.dueWork = dueWork;
    }

    /** Plans the try for now, under a subject of its own: two transactions that free places never wait for each other. */
    public void at(Connection tx, UUID agencyId, Instant now) throws SQLException {
        dueWork.plan(tx, KIND, agencyId + ":" + EventIds.next(), now);
    }

    /** The agency that a piece of due work is about. */
    public static UUID agencyOf(String subject) {
        return UUID.fromString(subject.substring(0, UUID_LENGTH));
    }
}
