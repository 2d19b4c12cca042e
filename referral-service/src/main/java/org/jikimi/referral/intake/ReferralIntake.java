package org.jikimi.referral.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jikimi.contracts.EventTypes;
import org.jikimi.contracts.cases.v1.AbuseDetermined;
import org.jikimi.contracts.cases.v1.AbuseReported;
import org.jikimi.contracts.cases.v1.CaseClosed;
import org.jikimi.contracts.cases.v1.CaseOpened;
import org.jikimi.contracts.cases.v1.CaseStatusChanged;
import org.jikimi.contracts.cases.v1.ProtectiveMeasureTaken;
import org.jikimi.contracts.cases.v1.VisitCompleted;
import org.jikimi.contracts.screening.v1.ChildErased;
import org.jikimi.contracts.screening.v1.ChildIdentityMerged;
import org.jikimi.contracts.screening.v1.ChildIdentitySplit;
import org.jikimi.contracts.screening.v1.ChildMoved;
import org.jikimi.referral.erasure.EraseChild;
import org.jikimi.referral.exclusion.Exclusions;
import org.jikimi.referral.identity.Aliases;
import org.jikimi.referral.move.Move;
import org.jikimi.referral.placement.Need;
import org.jikimi.referral.placement.PlaceChildren;
import org.jikimi.referral.referral.FollowCase;
import org.jikimi.referral.referral.RequestReferral;
import org.jikimi.referral.referral.ServiceOutcome;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.inbox.EventIntake;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.time.Times;
import org.jspecify.annotations.Nullable;

/**
 * Hears the case service: needs become referrals, cases go to a child protection agency, measures become places in
 * shelters. It hears of children who move from the registry. An agency excluded by any event is excluded from everything that follows, and loses what it was offered.
 */
@ApplicationScoped
public class ReferralIntake implements EventIntake {
    private static final Set<String> BASES = Set.of("CONSENT", "LEGAL_BASIS", "DECLINED");
    private static final String DECLINED = "DECLINED";
    private static final Set<String> DETERMINATIONS = Set.of("ABUSE", "GENERAL_CASE", "UNFOUNDED");
    private static final Set<String> AT_WORK = Set.of("IN_SERVICE", "FOLLOW_UP");
    private static final Set<String> NOT_AT_WORK =
            Set.of("OPEN", "ASSESSMENT", "PLANNED", "CLOSED", "MANAGEMENT_REFUSED");

    private static final String ERASED = EventTypes.of(ChildErased.class).topic();
    private static final String SPLIT = EventTypes.of(ChildIdentitySplit.class).topic();

    private final RequestReferral request;
    private final FollowCase follow;
    private final PlaceChildren place;
    private final Exclusions exclusions;
    private final MoveWork moves;
    private final IdentifyChild identify;
    private final EraseChild erase;
    private final Times times;

    public ReferralIntake(
            RequestReferral request,
            FollowCase follow,
            PlaceChildren place,
            Exclusions exclusions,
            MoveWork moves,
            IdentifyChild identify,
            EraseChild erase,
            Times times) {
        this.request = request;
        this.follow = follow;
        this.place = place;
        this.exclusions = exclusions;
        this.moves = moves;
        this.identify = identify;
        this.erase = erase;
        this.times = times;
    }

    @Override
    public List<String> topics() {
        return List.of(
                "VisitCompleted",
                "AbuseReported",
                "AbuseDetermined",
                "CaseOpened",
                "CaseStatusChanged",
                "CaseClosed",
                "ProtectiveMeasureTaken",
                "ChildMoved",
                "ChildIdentityMerged",
                "ChildIdentitySplit",
                ERASED);
    }

    @Override
    public boolean overtakes(ReceivedEvent event) {
        return event.topic().equals(ERASED);
    }

    @Override
    public Outcome handle(ReceivedEvent event, Connection tx) throws SQLException {
        if (!overtakes(event) && !event.topic().equals(SPLIT) && erase.isErased(tx, event.key())) {
            return Outcome.STALE;
        }
        var type = EventTypes.ofCeType(event.headers().getOrDefault("ce_type", ""));
        if (type.isEmpty()) {
            return new Outcome.Rejected("unknown-event-type");
        }
        return switch (Json.read(event.payload(), type.get().dataClass())) {
            case VisitCompleted visit -> visited(tx, event, visit);
            case AbuseReported report -> {
                exclude(tx, event, report.childId(), report.excludedAgencyIds());
                yield Outcome.APPLIED;
            }
            case AbuseDetermined determination -> determined(tx, event, determination);
            case CaseOpened opened -> opened(tx, event, opened);
            case CaseStatusChanged changed -> changed(tx, changed);
            case CaseClosed closed -> closed(tx, event, closed);
            case ProtectiveMeasureTaken measure -> protect(tx, event, measure);
            case ChildMoved moved -> outcome(moves.follow(tx, Ways.of(moved)));
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
            case ChildErased e -> erase.erase(tx, e.childId(), e.aliasIds()) ? Outcome.APPLIED : Outcome.STALE;
            default -> new Outcome.Rejected("unknown-event-type");
        };
    }

    /** Goes by the id that the decision is about: whoever was split from a child that is erased lives. */
    private Outcome identified(
            Connection tx, ReceivedEvent event, Aliases.Decision decision, long childVersion, @Nullable Move way)
            throws SQLException {
        return outcome(!erase.isErased(tx, decision.alias())
                && identify.identify(tx, decision, childVersion, way, event.id()));
    }

    private Outcome visited(Connection tx, ReceivedEvent event, VisitCompleted visit) throws SQLException {
        if (!visit.needs().stream().allMatch(need -> BASES.contains(need.basis()))) {
            return new Outcome.Rejected("unknown-basis");
        }
        var cause = Cause.of(event, visit.flagId() == null ? visit.visitId() : visit.flagId());
        for (var need : visit.needs()) {
            if (!need.basis().equals(DECLINED)) {
                var ask = Asks.of(visit, need, cause.correlationId(), times.now());
                request.request(tx, Asks.idOf(visit, need.code()), ask, cause.eventId());
            }
        }
        moves.catchUp(tx, List.of(visit.childId()));
        return Outcome.APPLIED;
    }

    private Outcome determined(Connection tx, ReceivedEvent event, AbuseDetermined determination) throws SQLException {
        if (!DETERMINATIONS.contains(determination.determination())) {
            return new Outcome.Rejected("unknown-determination");
        }
        exclude(tx, event, determination.childId(), determination.excludedAgencyIds());
        if (determination.determination().equals("GENERAL_CASE") && determination.consent()) {
            var cause = Cause.of(event, determination.investigationId());
            var ask = Asks.of(determination, cause.correlationId(), times.now());
            request.request(tx, Asks.idOf(determination), ask, cause.eventId());
            moves.catchUp(tx, List.of(determination.childId()));
        }
        return Outcome.APPLIED;
    }

    private Outcome opened(Connection tx, ReceivedEvent event, CaseOpened opened) throws SQLException {
        exclude(tx, event, opened.childId(), opened.excludedAgencyIds());
        var cause = Cause.of(event, opened.investigationId());
        var ask = Asks.of(opened, cause.correlationId(), times.now());
        request.request(tx, Asks.idOf(opened), ask, cause.eventId());
        moves.catchUp(tx, List.of(opened.childId()));
        return Outcome.APPLIED;
    }

    private Outcome changed(Connection tx, CaseStatusChanged changed) {
        if (AT_WORK.contains(changed.state())) {
            return outcome(follow.inService(tx, changed.caseId(), changed.version()));
        }
        return NOT_AT_WORK.contains(changed.state()) ? Outcome.APPLIED : new Outcome.Rejected("unknown-state");
    }

    private Outcome closed(Connection tx, ReceivedEvent event, CaseClosed closed) throws SQLException {
        var outcome = outcomeOf(closed.reason());
        return outcome.isEmpty()
                ? new Outcome.Rejected("unknown-reason")
                : outcome(follow.closed(tx, closed.caseId(), closed.version(), outcome.get(), event.id()));
    }

    /** The case service tells why a case was closed; the referral, what the service came to. */
    private static Optional<ServiceOutcome> outcomeOf(String reason) {
        return switch (reason) {
            case "GOALS_REACHED" -> Optional.of(ServiceOutcome.GOALS_REACHED);
            case "CHILD_CAME_OF_AGE", "LONG_TERM_CARE" -> Optional.of(ServiceOutcome.PARTLY_REACHED);
            case "MOVED_AWAY" -> Optional.of(ServiceOutcome.FAMILY_LEFT);
            case "DECEASED", "SUPERVISOR_DECISION" -> Optional.of(ServiceOutcome.NOT_REACHED);
            default -> Optional.empty();
        };
    }

    private static Outcome outcome(FollowCase.Result result) {
        return switch (result) {
            case FOLLOWED -> Outcome.APPLIED;
            case NOTHING_LEFT -> Outcome.STALE;
            case CASE_UNKNOWN -> new Outcome.Early("case-not-opened");
        };
    }

    private Outcome protect(Connection tx, ReceivedEvent event, ProtectiveMeasureTaken measure) throws SQLException {
        var named = Stream.concat(Stream.of(measure.childId()), measure.siblingIds().stream())
                .toList();
        KeyLocks.lock(tx, named.stream().map(UUID::toString).toList());
        var children = erase.notErased(tx, named);
        for (var child : children) {
            exclude(tx, event, child, measure.excludedAgencyIds());
        }
        if (measure.placeNeeded()) {
            var cause = Cause.of(event, measure.investigationId());
            var need = new Need(
                    measure.measureId(), children, measure.districtCode(), measure.measureId(), cause.correlationId());
            place.reserve(tx, need, cause.eventId());
            moves.catchUp(tx, children);
        }
        return Outcome.APPLIED;
    }

    private static Outcome outcome(boolean fresh) {
        return fresh ? Outcome.APPLIED : Outcome.STALE;
    }

    private void exclude(Connection tx, ReceivedEvent event, UUID childId, Collection<UUID> agencyIds)
            throws SQLException {
        if (!agencyIds.isEmpty()) {
            exclusions.add(tx, childId, agencyIds);
            identify.exclude(tx, childId, event.id());
        }
    }
}
