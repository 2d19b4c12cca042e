package org.jikimi.screening.rights;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jikimi.runtime.due.DueHandler;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.time.Seoul;

/** The legal clock of a request: at midnight in Seoul after its last day it is overdue, unless it was decided. */
@ApplicationScoped
class RightsClock implements DueHandler {
    static final String KIND = "rights-request";

    private final DueWork due;
    private final RightsRequests requests = new RightsRequests();

    RightsClock(DueWork due) {
        this.due = due;
    }

    /** Starts it, or sets it to another day. */
    void set(Connection tx, RightsRequest request) throws SQLException {
        var after = request.dueOn().plusDays(1).atStartOfDay(Seoul.ZONE).toInstant();
        due.plan(tx, KIND, request.id().toString(), after);
    }

    void stop(Connection tx, RightsRequest request) throws SQLException {
        due.cancel(tx, KIND, request.id().toString());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        requests.noteOverdue(tx, UUID.fromString(subject), Seoul.dateOf(now));
    }
}
