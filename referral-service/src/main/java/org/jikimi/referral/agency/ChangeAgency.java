package org.jikimi.referral.agency;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.time.Seoul;
import org.jikimi.runtime.time.Times;

/** Changes the state of an agency, or how many children it takes from a day on. The agency is locked by the caller. */
@ApplicationScoped
public class ChangeAgency {
    private final Agencies agencies = new Agencies();
    private final DueWork dueWork;
    private final PlacesGained gained;
    private final Times times;

    public ChangeAgency(DueWork dueWork, PlacesGained gained, Times times) {
        this.dueWork = dueWork;
        this.gained = gained;
        this.times = times;
    }

    public sealed interface Result {
        record Changed(Agency agency) implements Result {}

        /** An agency never goes from the one state to the other. */
        record NotAllowed(AgencyState from, AgencyState to) implements Result {}
    }

    /** What it holds already stays with it; only new offers and beds depend on its state. */
    public Result status(Connection tx, Agency agency, AgencyState next) throws SQLException {
        if (!agency.state().mayBecome(next)) {
            return new Result.NotAllowed(agency.state(), next);
        }
        var changed = agency.in(next);
        agencies.update(tx, changed);
        if (changed.isOpen()) {
            gained.at(tx, agency.id(), times.now());
        }
        return new Result.Changed(changed);
    }

    /**
     * Sets places from a day on, today or later. Fewer than are taken is allowed: nobody is sent away, and nobody new
     * comes until enough have left.
     */
    public Agency places(Connection tx, Agency agency, LocalDate from, Map<String, Integer> places)
            throws SQLException {
        agencies.savePlaces(tx, agency.id(), from, places);
        agencies.update(tx, agency.with(agency.places()));
        dueWork.plan(tx, PlacesGained.KIND, agency.id() + ":" + from, startOf(from));
        return agencies.find(tx, agency.id(), times.today()).orElseThrow();
    }

    private Instant startOf(LocalDate day) {
        var start = day.atStartOfDay(Seoul.ZONE).toInstant();
        return start.isBefore(times.now()) ? times.now() : start;
    }
}
