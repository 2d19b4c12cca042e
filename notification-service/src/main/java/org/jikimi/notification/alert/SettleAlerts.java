package org.jikimi.notification.alert;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;

/** Closes alerts whose request has been met, so that nobody is troubled about what is done. */
@ApplicationScoped
public class SettleAlerts {
    private final Alerts alerts = new Alerts();
    private final Settlements settlements = new Settlements();
    private final Identities identities = new Identities();
    private final Events events;
    private final Times times;

    public SettleAlerts(Events events, Times times) {
        this.events = events;
        this.times = times;
    }

    /** Settles the alerts that are there, and those that come late. */
    public void settle(Connection tx, Settlement settlement) throws SQLException {
        settlements.remember(tx, settlement, times.now());
        close(tx, () -> alerts.settledBy(tx, settlement));
    }

    /**
     * Settles what visits asked for about a child that has been seen. A clock is asked about under every id that is the child's,
     * as case-service stops it; once they are split it runs on, and is told anew. A call for the police is told once, and not
     * again after a split: it stays with its id.
     */
    public void settle(Connection tx, Sighting sighting) throws SQLException {
        for (var id : sighting.kind().isDeadline() ? identities.locked(tx, sighting.childId()) : own(tx, sighting)) {
            settlements.remember(tx, new Sighting(sighting.kind(), id, sighting.at()), times.now());
            close(tx, () -> alerts.ofVisits(tx, id, sighting.kind(), sighting.at()));
        }
    }

    private static Set<UUID> own(Connection tx, Sighting sighting) throws SQLException {
        KeyLocks.lock(tx, List.of(sighting.childId().toString()));
        return Set.of(sighting.childId());
    }

    /**
     * Settles what visits asked for about a child that has died by the register. Of an alias holds what is said of the child
     * that survives: whoever asks for it is asked on.
     */
    public void settle(Connection tx, RegisteredDeath death) throws SQLException {
        var ids = identities.locked(tx, death.childId());
        if (identities.isAlias(tx, death.childId())) {
            return;
        }
        for (var id : ids) {
            settlements.remember(tx, new RegisteredDeath(death.kind(), id, death.at()), times.now());
            close(tx, () -> alerts.ofVisits(tx, id, death.kind(), death.at()));
        }
    }

    /** Ids are of one child now: who was seen under one of them is asked for under none. */
    public void follow(Connection tx, Move move) throws SQLException {
        var tie = move.tie();
        if (tie == null || !tie.begins()) {
            return;
        }
        for (var id : identities.locked(tx, move.childId())) {
            for (var sighting : settlements.sightings(tx, id)) {
                if (sighting.kind().isDeadline()) {
                    settle(tx, sighting);
                }
            }
        }
    }

    /** Closes what is asked for about one thing in districts that it has left. */
    void closeElsewhere(Connection tx, Set<AlertKind> kinds, UUID subject, String district) throws SQLException {
        close(tx, () -> alerts.openElsewhere(tx, kinds, subject, district));
    }

    /**
     * Closes alerts.
     *
     * @param open asked again when nobody else can change them any more
     */
    void close(Connection tx, Supplier<List<Alert>> open) throws SQLException {
        var keys = open.get().stream().map(alert -> alert.key().toString()).toList();
        if (keys.isEmpty()) {
            return;
        }
        KeyLocks.lock(tx, keys); // an investigation may answer reports about several children
        for (var alert : open.get()) {
            var closed = alert.closed(times.now());
            alerts.update(tx, closed);
            events.publish(tx, AlertEvents.closed(closed));
        }
    }
}
