package org.jikimi.cases.casefile;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jikimi.cases.timeline.Chronicle;
import org.jikimi.runtime.db.Sql;
import org.jspecify.annotations.Nullable;

/**
 * Follows referrals. A child protection agency that accepts the referral of an open case holds the case from then on,
 * and assessment begins. Whoever calls holds the lock of the child.
 */
@ApplicationScoped
public class FollowReferral {
    private static final String CPA = "CPA";

    private final CaseFiles files = new CaseFiles();
    private final Chronicle chronicle;

    FollowReferral(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    /** What came of it. */
    public enum Result {
        FOLLOWED,
        /** Something newer is known. */
        STALE,
        /** The case is not known here. */
        UNKNOWN_CASE,
        /** It was completed, and nobody has been heard to accept it. */
        NOT_ACCEPTED
    }

    /**
     * A step of a referral.
     *
     * @param version version of the referral after the step
     * @param state resulting state
     * @param agencyId the agency; null if there is none
     */
    public record Step(
            UUID referralId,
            long version,
            String state,
            UUID childId,
            @Nullable UUID caseId,
            String serviceCode,
            @Nullable UUID agencyId) {}

    /** An agency accepted. */
    public Result accepted(Connection tx, Step step, UUID agencyId, String agencyKind, Instant at, UUID eventId)
            throws SQLException {
        if (isUnknown(tx, step.caseId())) {
            return Result.UNKNOWN_CASE;
        }
        boolean first = !wasAccepted(tx, step.referralId());
        boolean newest = note(tx, step, true);
        if (!first) {
            return Result.STALE;
        }
        if (step.caseId() != null && agencyKind.equals(CPA)) {
            hand(tx, step.caseId(), agencyId, at, eventId);
        }
        return newest ? Result.FOLLOWED : Result.STALE;
    }

    /** An agency declined, or no taker is left. */
    public Result moved(Connection tx, Step step) {
        if (isUnknown(tx, step.caseId())) {
            return Result.UNKNOWN_CASE;
        }
        return note(tx, step, false) ? Result.FOLLOWED : Result.STALE;
    }

    /** The service was delivered or ended. */
    public Result completed(Connection tx, Step step) {
        if (isUnknown(tx, step.caseId())) {
            return Result.UNKNOWN_CASE;
        }
        if (!wasAccepted(tx, step.referralId())) {
            return Result.NOT_ACCEPTED;
        }
        return note(tx, step, true) ? Result.FOLLOWED : Result.STALE;
    }

    private void hand(Connection tx, UUID caseId, UUID agencyId, Instant at, UUID eventId) throws SQLException {
        var file = files.find(tx, caseId).orElseThrow();
        if (file.state() == CaseState.OPEN) {
            var handed = file.handedTo(agencyId);
            files.update(tx, handed);
            chronicle.tell(tx, CaseEvents.moved(handed, file.state(), at, eventId));
        }
    }

    private boolean isUnknown(Connection tx, @Nullable UUID caseId) {
        return caseId != null && files.find(tx, caseId).isEmpty();
    }

    private static boolean wasAccepted(Connection tx, UUID referralId) {
        return Sql.on(tx)
                .createQuery("SELECT accepted FROM followed_referral WHERE referral_id = :id")
                .bind("id", referralId)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }

    /** Keeps the newest step; answers false if a newer one is known. */
    private static boolean note(Connection tx, Step step, boolean accepted) {
        return Sql.on(tx)
                .createQuery("""
                        INSERT INTO followed_referral AS known (referral_id, version, state, child_id, case_id,
                            service_code, agency_id, accepted)
                        VALUES (:id, :version, :state, :child, CAST(:case AS uuid),
                            :service, CAST(:agency AS uuid), :accepted)
                        ON CONFLICT (referral_id) DO UPDATE SET
                            version = greatest(known.version, excluded.version),
                            state = CASE WHEN known.version < excluded.version THEN excluded.state ELSE known.state END,
                            agency_id = CASE WHEN known.version < excluded.version
                                THEN excluded.agency_id ELSE known.agency_id END,
                            accepted = known.accepted OR excluded.accepted
                        RETURNING version = :version AND state = :state""")
                .bind("id", step.referralId())
                .bind("version", step.version())
                .bind("state", step.state())
                .bind("child", step.childId())
                .bind("case", step.caseId())
                .bind("service", step.serviceCode())
                .bind("agency", step.agencyId())
                .bind("accepted", accepted)
                .mapTo(Boolean.class)
                .one();
    }
}
