package org.jikimi.referral.referral;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.db.KeyLocks;
import org.jspecify.annotations.Nullable;

/** Asks for a service for a child and offers it at once. What follows from an event is asked for once. */
@ApplicationScoped
public class RequestReferral {
    private final Referrals referrals = new Referrals();
    private final Offering offering;

    RequestReferral(Offering offering) {
        this.offering = offering;
    }

    /** The id of what follows from a cause: the same cause gives the same id. */
    public static UUID idOf(String cause) {
        return UUID.nameUUIDFromBytes(("referral:" + cause).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Requests it.
     *
     * @param id names the effect; see {@link #idOf}
     * @param causation id of the event it follows from; null if a person asked
     * @return the referral, offered or unplaced; empty if it was requested before, in which case nothing changes
     */
    public Optional<Referral> request(Connection tx, UUID id, Ask ask, @Nullable UUID causation) throws SQLException {
        KeyLocks.lock(tx, List.of(ask.childId().toString()));
        if (referrals.exists(tx, id)) {
            return Optional.empty();
        }
        return Optional.of(offering.first(tx, Referral.requested(id, ask), causation));
    }
}
