package org.jikimi.cases.visit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jikimi.cases.register.RegisterState;
import org.jikimi.cases.register.RegisterStates;
import org.jikimi.cases.timeline.Chronicle;
import org.jikimi.runtime.time.Times;

/**
 * Ends visits that nobody is left to be seen in: whoever lived there is visited elsewhere, has died or has emigrated. Where
 * others are left, the visit goes on for them.
 */
@ApplicationScoped
class EndVisits {
    private final RegisterStates states = new RegisterStates();
    private final Visits visits;
    private final CompleteVisit complete;
    private final Chronicle chronicle;
    private final Times times;

    EndVisits(Visits visits, CompleteVisit complete, Chronicle chronicle, Times times) {
        this.visits = visits;
        this.complete = complete;
        this.chronicle = chronicle;
        this.times = times;
    }

    /** Ends those of a child, and whatever else asks to see a child who has died. */
    void ofChild(Connection tx, UUID childId) throws SQLException {
        for (var id : visits.openOfChild(tx, childId)) {
            ifEmpty(tx, visits.lock(tx, id).orElseThrow());
        }
        if (states.gone(tx, childId) == RegisterState.DECEASED) {
            complete.registeredDead(tx, childId, times.now());
        }
    }

    /** Opens again what ended by a death that the register has taken back, or that was another child's. */
    void takeBack(Connection tx, UUID id) throws SQLException {
        if (states.left(tx, id) != RegisterState.DECEASED) {
            complete.registeredAlive(tx, id, times.now());
        }
    }

    /**
     * The register says that a child emigrated unseen, for whom no visit was made that is over.
     *
     * @param district where it lived last
     */
    void abroad(Connection tx, Visit over, UUID childId, String district) throws SQLException {
        complete.registeredAbroad(tx, over, childId, district, times.now());
    }

    /** An id is of another child now, and what ended by what was found of one or the other waits to be taken back. */
    void part(Connection tx, UUID id) {
        complete.part(tx, id);
    }

    /** An id is of a child now, and what was found under one of its ids ends what was asked under the others before. */
    void join(Connection tx, UUID id) throws SQLException {
        complete.join(tx, id, times.now());
    }

    /** Expects a locked visit. */
    private void ifEmpty(Connection tx, Visit visit) throws SQLException {
        var left = WhoLeft.among(tx, visit.childIds());
        if (!visit.isOpen() || !visit.isEmpty(left)) {
            return;
        }
        var at = times.now();
        var closed = visit.closed(left, at);
        visits.update(tx, closed);
        chronicle.tell(tx, VisitEvents.completed(closed, at));
        for (var child : closed.children()) {
            complete.follow(tx, closed, child, at);
        }
    }
}
