package org.jikimi.referral.agency;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.time.Seoul;
import org.jikimi.runtime.time.Times;

/** Takes an agency into the directory; one whose first day is still to come is planned and opens on that day. */
@ApplicationScoped
public class RegisterAgency {
    private final Agencies agencies = new Agencies();
    private final DueWork dueWork;
    private final PlacesGained gained;
    private final Times times;

    public RegisterAgency(DueWork dueWork, PlacesGained gained, Times times) {
        this.dueWork = dueWork;
        this.gained = gained;
        this.times = times;
    }

    public sealed interface Result {
        record Registered(Agency agency) implements Result {}

        /** The id is taken. */
        record Exists() implements Result {}
    }

    public Result register(Connection tx, NewAgency wanted) throws SQLException {
        var today = times.today();
        var from = wanted.validFrom() == null ? today : wanted.validFrom();
        boolean opensLater = from.isAfter(today);
        var agency = new Agency(
                wanted.id(),
                1,
                wanted.kind(),
                wanted.name(),
                wanted.districtCode(),
                wanted.catchment(),
                opensLater ? AgencyState.PLANNED : AgencyState.OPEN,
                withGeneralCaseWork(wanted.kind(), wanted.places()),
                times.now());
        if (!agencies.insert(tx, agency)) {
            return new Result.Exists();
        }
        agencies.savePlaces(tx, agency.id(), from, agency.places());
        if (opensLater) {
            dueWork.plan(tx, OpenAgency.KIND, agency.id().toString(), startOf(from));
        } else {
            gained.at(tx, agency.id(), times.now());
        }
        return new Result.Registered(agency);
    }

    /** A welfare centre always does general case work; where it does not say for how many, as much as its largest service. */
    static Map<String, Integer> withGeneralCaseWork(AgencyKind kind, Map<String, Integer> places) {
        if (kind != AgencyKind.WELFARE_CENTRE
                || places.isEmpty()
                || places.containsKey(ServiceCatalogue.GENERAL_CASE_WORK)) {
            return places;
        }
        var more = new HashMap<>(places);
        more.put(ServiceCatalogue.GENERAL_CASE_WORK, Collections.max(places.values()));
        return more;
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(Seoul.ZONE).toInstant();
    }
}
