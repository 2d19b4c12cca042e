package org.jikimi.cases.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jikimi.cases.casefile.FollowReferral;
import org.jikimi.cases.erasure.EraseChild;
import org.jikimi.cases.identity.Aliases;
import org.jikimi.cases.investigation.NotePlacement;
import org.jikimi.cases.move.Move;
import org.jikimi.cases.register.RegisterState;
import org.jikimi.cases.timeline.Chronicle;
import org.jikimi.cases.visit.PlanVisit;
import org.jikimi.contracts.EventType;
import org.jikimi.contracts.EventTypes;
import org.jikimi.contracts.referral.v1.PlacementEnded;
import org.jikimi.contracts.referral.v1.PlacementReserved;
import org.jikimi.contracts.referral.v1.PlacementUnavailable;
import org.jikimi.contracts.referral.v1.ReferralAccepted;
import org.jikimi.contracts.referral.v1.ReferralCancelled;
import org.jikimi.contracts.referral.v1.ReferralCompleted;
import org.jikimi.contracts.referral.v1.ReferralDeclined;
import org.jikimi.contracts.referral.v1.ReferralExpired;
import org.jikimi.contracts.referral.v1.ReferralUnplaced;
import org.jikimi.contracts.screening.v1.ChildErased;
import org.jikimi.contracts.screening.v1.ChildFlagged;
import org.jikimi.contracts.screening.v1.ChildIdentityMerged;
import org.jikimi.contracts.screening.v1.ChildIdentitySplit;
import org.jikimi.contracts.screening.v1.ChildMoved;
import org.jikimi.contracts.screening.v1.ChildSignalRaised;
import org.jikimi.contracts.screening.v1.ChildStatusChanged;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.inbox.EventIntake;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Hears of flags, children who move, die or emigrate, referrals and placements. Whatever order the topics come in, the state is
 * the same in the end: what is older than what is known is passed over, what lacks its predecessor waits, and what comes of a
 * child that was erased changes nothing.
 */
@ApplicationScoped
public class CaseIntake implements EventIntake {
    private static final List<Class<? extends Record>> HEARD = List.of(
            ChildFlagged.class,
            ChildMoved.class,
            ChildStatusChanged.class,
            ChildSignalRaised.class,
            ChildIdentityMerged.class,
            ChildIdentitySplit.class,
            ChildErased.class,
            ReferralAccepted.class,
            ReferralDeclined.class,
            ReferralExpired.class,
            ReferralUnplaced.class,
            ReferralCompleted.class,
            ReferralCancelled.class,
            PlacementReserved.class,
            PlacementUnavailable.class,
            PlacementEnded.class);

    private static final String ERASED = EventTypes.of(ChildErased.class).topic();
    private static final String SPLIT = EventTypes.of(ChildIdentitySplit.class).topic();

    private final MoveWork moves;
    private final FollowReferral referrals;
    private final NotePlacement placements;
    private final Chronicle chronicle;
    private final EraseChild erase;

    public CaseIntake(
            MoveWork moves, FollowReferral referrals, NotePlacement placements, Chronicle chronicle, EraseChild erase) {
        this.moves = moves;
        this.referrals = referrals;
        this.placements = placements;
        this.chronicle = chronicle;
        this.erase = erase;
    }

    @Override
    public List<String> topics() {
        return HEARD.stream().map(EventTypes::of).map(EventType::topic).toList();
    }

    @Override
    public boolean overtakes(ReceivedEvent event) {
        return event.topic().equals(ERASED);
    }

    @Override
    public Outcome handle(ReceivedEvent event, Connection tx) throws SQLException {
        boolean erasedKey = !overtakes(event) && erase.isErased(tx, event.key());
        if (erasedKey && !event.topic().equals(SPLIT)) {
            return Outcome.STALE;
        }
        var type = EventTypes.ofCeType(event.headers().getOrDefault("ce_type", ""));
        if (type.isEmpty()) {
            return new Outcome.Rejected("unknown-event-type");
        }
        var data = Json.read(event.payload(), type.get().dataClass());
        var unknown = KnownCodes.unknown(data);
        if (unknown.isPresent()) {
            return new Outcome.Rejected(unknown.get());
        }
        if (data instanceof ChildErased erased) {
            return erase.erase(tx, erased.childId(), erased.aliasIds()) ? Outcome.APPLIED : Outcome.STALE;
        }
        var outcome = apply(event, data, tx);
        boolean repeat =
                (data instanceof ChildFlagged || data instanceof ChildMoved || data instanceof ChildStatusChanged)
                        && outcome instanceof Outcome.Stale;
        if (!repeat && !erasedKey && (outcome instanceof Outcome.Applied || outcome instanceof Outcome.Stale)) {
            chronicle.note(tx, Story.of(event, data));
        }
        return outcome;
    }

    private Outcome apply(ReceivedEvent event, Record data, Connection tx) throws SQLException {
        return switch (data) {
            case ChildFlagged e -> flagged(event, e, tx);
            case ChildMoved e -> moved(event, e, tx);
            case ChildStatusChanged e ->
                outcome(moves.register(tx, e.childId(), e.version(), RegisterState.valueOf(e.state()), event.id()));
            case ChildSignalRaised e -> Outcome.APPLIED; // told in the story of the child
            case ChildIdentityMerged e ->
                identified(
                        tx,
                        event,
                        Aliases.Decision.merged(e.mergedChildId(), e.childId(), e.mergedChildVersion()),
                        e.version(),
                        Ways.of(e));
            case ChildIdentitySplit e ->
                identified(
                        tx,
                        event,
                        Aliases.Decision.split(e.splitChildId(), e.splitChildVersion()),
                        e.version(),
                        Ways.of(e));
            case ReferralAccepted e ->
                outcome(referrals.accepted(
                        tx,
                        new FollowReferral.Step(
                                e.referralId(),
                                e.version(),
                                e.state(),
                                e.childId(),
                                e.caseId(),
                                e.serviceCode(),
                                e.agencyId()),
                        e.agencyId(),
                        e.agencyKind(),
                        e.acceptedAt(),
                        event.id()));
            case ReferralDeclined e ->
                outcome(referrals.moved(
                        tx,
                        new FollowReferral.Step(
                                e.referralId(),
                                e.version(),
                                e.state(),
                                e.childId(),
                                e.caseId(),
                                e.serviceCode(),
                                null)));
            case ReferralExpired e ->
                outcome(referrals.moved(
                        tx,
                        new FollowReferral.Step(
                                e.referralId(),
                                e.version(),
                                e.state(),
                                e.childId(),
                                e.caseId(),
                                e.serviceCode(),
                                null)));
            case ReferralUnplaced e ->
                outcome(referrals.moved(
                        tx,
                        new FollowReferral.Step(
                                e.referralId(),
                                e.version(),
                                e.state(),
                                e.childId(),
                                e.caseId(),
                                e.serviceCode(),
                                null)));
            case ReferralCompleted e ->
                outcome(referrals.completed(
                        tx,
                        new FollowReferral.Step(
                                e.referralId(),
                                e.version(),
                                e.state(),
                                e.childId(),
                                e.caseId(),
                                e.serviceCode(),
                                e.agencyId())));
            case ReferralCancelled e ->
                outcome(referrals.moved(
                        tx,
                        new FollowReferral.Step(
                                e.referralId(),
                                e.version(),
                                e.state(),
                                e.childId(),
                                e.caseId(),
                                e.serviceCode(),
                                null)));
            case PlacementEnded e ->
                e.measureId() == null
                        ? Outcome.APPLIED
                        : outcome(placements.note(tx, e.measureId(), e.placementId(), e.version(), e.state(), null));
            case PlacementReserved e ->
                e.measureId() == null
                        ? Outcome.APPLIED
                        : outcome(placements.note(tx, e.measureId(), e.placementId(), e.version(), e.state(), null));
            case PlacementUnavailable e ->
                e.measureId() == null
                        ? Outcome.APPLIED
                        : outcome(placements.note(
                                tx, e.measureId(), e.placementId(), e.version(), e.state(), e.fallback()));
            default -> new Outcome.Rejected("unknown-event-type");
        };
    }

    private Outcome flagged(ReceivedEvent event, ChildFlagged flag, Connection tx) throws SQLException {
        if (!flag.state().equals("FLAGGED")) {
            return Outcome.STALE;
        }
        boolean fresh = moves.flagged(
                tx,
                new PlanVisit.Flagged(
                        flag.flagId(),
                        flag.childId(),
                        flag.householdId(),
                        siblings(tx, flag),
                        flag.districtCode(),
                        flag.dongCode(),
                        flag.urgent(),
                        flag.flaggedAt(),
                        event.id()));
        return outcome(fresh);
    }

    /** The siblings who are not erased, nor will be until the visit is planned: their locks, and the household's, are held. */
    private List<UUID> siblings(Connection tx, ChildFlagged flag) throws SQLException {
        var keys = Stream.concat(Stream.of(flag.householdId(), flag.childId()), flag.siblingIds().stream());
        KeyLocks.lock(tx, keys.map(UUID::toString).toList());
        return erase.notErased(tx, flag.siblingIds());
    }

    /** Goes by the id that the decision is about: whoever was split from a child that is erased lives. */
    private Outcome identified(
            Connection tx, ReceivedEvent event, Aliases.Decision decision, long childVersion, @Nullable Move way)
            throws SQLException {
        return outcome(
                !erase.isErased(tx, decision.alias()) && moves.identify(tx, decision, childVersion, way, event.id()));
    }

    private Outcome moved(ReceivedEvent event, ChildMoved moved, Connection tx) throws SQLException {
        return outcome(moves.follow(tx, Ways.of(moved), event.id()));
    }

    private static Outcome outcome(boolean fresh) {
        return fresh ? Outcome.APPLIED : Outcome.STALE;
    }

    private static Outcome outcome(FollowReferral.Result result) {
        return switch (result) {
            case FOLLOWED -> Outcome.APPLIED;
            case STALE -> Outcome.STALE;
            case UNKNOWN_CASE -> new Outcome.Early("case-unknown");
            case NOT_ACCEPTED -> new Outcome.Early("referral-not-accepted");
        };
    }

    private static Outcome outcome(NotePlacement.Result result) {
        return switch (result) {
            case NOTED -> Outcome.APPLIED;
            case STALE -> Outcome.STALE;
            case UNKNOWN_MEASURE -> new Outcome.Early("measure-unknown");
        };
    }
}
