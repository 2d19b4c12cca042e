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

    /** Settles what visits asked for about a child that has been seen, under every id that it has. */
    public void settle(Connection tx, Sighting sighting) throws SQLException {
        for (var id : identities.locked(tx, sighting.childId(), sighting.at())) {
            settlements.remember(tx, new Sighting(sighting.kind(), id, sighting.at()), times.now());
            close(tx, () -> alerts.ofVisits(tx, id, sighting.kind(), sighting.at()));
        }
    }

    /**
     * Settles what visits asked for about a child that has died by the register, under this id alone. Of an alias holds what is
     * said of the child that survives: whoever asks for it is asked on.
     */
    public void settle(Connection tx, RegisteredDeath death) throws SQLException {
        identities.locked(tx, death.childId(), death.at());
        if (identities.isAlias(tx, death.childId(), death.at())) {
            return;
        }
        settlements.remember(tx, death, times.now());
        close(tx, () -> alerts.ofVisits(tx, death.childId(), death.kind(), death.at()));
    }

    /** A merge that is heard after the child was seen: under its other id it was seen, too. */
    public void follow(Connection tx, Move move) throws SQLException {
        var tie = move.tie();
        if (tie == null || !tie.begins()) {
            return;
        }
        for (var id : identities.locked(tx, move.childId(), move.movedAt())) {
            for (var sighting : settlements.sightings(tx, id, move.movedAt())) {
                settle(tx, sighting);
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
