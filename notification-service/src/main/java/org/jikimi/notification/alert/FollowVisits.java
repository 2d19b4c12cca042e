package org.jikimi.notification.alert;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Lets the alerts of a visit (가정방문) go along with it: a visit that moves to another district with its household is told
 * of there, and closed where it left. Plans that are heard late, of a place that the visit has left, alert nobody.
 */
@ApplicationScoped
public class FollowVisits {
    static final Set<AlertKind> KINDS = EnumSet.of(AlertKind.VISIT_PLANNED, AlertKind.JOINT_VISIT_PLANNED);

    private final RaiseAlert raise;
    private final SettleAlerts settle;
    private final VisitPlaces places = new VisitPlaces();

    public FollowVisits(RaiseAlert raise, SettleAlerts settle) {
        this.raise = raise;
        this.settle = settle;
    }

    /**
     * A visit as an event tells of it.
     *
     * @param version of the visit, which rises with every change of it
     * @param drafts the alerts that the event asks for
     * @param aloud false for what was told before
     */
    public record Plan(
            UUID visitId, UUID childId, long version, String district, List<AlertDraft> drafts, boolean aloud) {
        public Plan {
            drafts = List.copyOf(drafts);
        }
    }

    /** Raises what plans ask for that still hold, and closes what is left behind. */
    public void raise(Connection tx, Collection<Plan> plans) throws SQLException {
        var inTurn = new ArrayList<>(plans); // lest replicas that hear of the same visits wait for each other
        inTurn.sort(Comparator.comparing(Plan::visitId).thenComparingLong(Plan::version));
        var raisings = new ArrayList<Raising>();
        var moved = new TreeMap<UUID, String>();
        for (var plan : inTurn) {
            places.noteChild(tx, plan.visitId(), plan.childId());
            var place = places.note(tx, plan.visitId(), plan.version(), plan.district());
            if (!place.district().equals(plan.district())) {
                continue;
            }
            if (place.since() > 0) {
                moved.put(plan.visitId(), place.district());
            }
            plan.drafts().forEach(draft -> raisings.add(raise.prepare(there(draft, place), plan.aloud())));
        }
        if (!raisings.isEmpty()) {
            raise.raise(tx, raisings);
        }
        for (var visit : moved.entrySet()) {
            settle.closeElsewhere(tx, KINDS, visit.getKey(), visit.getValue());
        }
    }

    /** One that moved asks once more, wherever it had been before. */
    private static AlertDraft there(AlertDraft draft, VisitPlaces.Place place) {
        return place.since() == 0 ? draft : draft.under(draft.rule() + " since " + place.since());
    }
}
