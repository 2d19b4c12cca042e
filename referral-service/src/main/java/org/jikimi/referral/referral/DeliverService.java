package org.jikimi.referral.referral;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.referral.agency.PlacesGained;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;
import org.jspecify.annotations.Nullable;

/** Begins and completes the service of a referral that an agency has taken on. The referral is locked by the caller. */
@ApplicationScoped
public class DeliverService {
    private final Referrals referrals = new Referrals();
    private final PlacesGained gained;
    private final Events events;
    private final Times times;

    DeliverService(PlacesGained gained, Events events, Times times) {
        this.gained = gained;
        this.events = events;
        this.times = times;
    }

    sealed interface Result {
        record Done(Referral referral) implements Result {}

        /** It is not in a state from which this follows. */
        record NotTaken(Referral referral) implements Result {}
    }

    Result begin(Connection tx, Referral referral) {
        if (referral.state() != ReferralState.ACCEPTED) {
            return new Result.NotTaken(referral);
        }
        var begun = referral.inService(times.now());
        referrals.update(tx, begun, referral.version());
        return new Result.Done(begun);
    }

    Result complete(Connection tx, Referral referral, ServiceOutcome outcome, @Nullable UUID causation)
            throws SQLException {
        if (!referral.state().isTaken()) {
            return new Result.NotTaken(referral);
        }
        var completed = referral.completed(outcome, times.now());
        referrals.update(tx, completed, referral.version());
        events.publish(tx, ReferralEvents.completed(completed, causation));
        gained.at(tx, Objects.requireNonNull(completed.agencyId()), times.now());
        return new Result.Done(completed);
    }
}
