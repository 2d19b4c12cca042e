package org.jikimi.notification.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.EventType;
import org.jikimi.contracts.EventTypes;
import org.jikimi.contracts.cases.v1.VisitPlanned;
import org.jikimi.contracts.screening.v1.ChildErased;
import org.jikimi.contracts.screening.v1.ChildFlagged;
import org.jikimi.notification.alert.Addressee;
import org.jikimi.notification.alert.AlertCause;
import org.jikimi.notification.alert.AlertDraft;
import org.jikimi.notification.alert.FollowVisits;
import org.jikimi.notification.alert.HandOverAlerts;
import org.jikimi.notification.alert.Move;
import org.jikimi.notification.alert.RaiseAlert;
import org.jikimi.notification.alert.Raising;
import org.jikimi.notification.alert.SettleAlerts;
import org.jikimi.notification.erasure.EraseChild;
import org.jikimi.notification.feed.OutgoingEvent;
import org.jikimi.notification.feed.PublishToSubscribers;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.inbox.EventHandler;
import org.jikimi.runtime.inbox.EventIntake;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.time.Times;

/**
 * Hears every event of the other services, settles what it settles and alerts whom it must. Alerts depend on no order:
 * one that comes after what settles it is delivered and closed at once.
 */
@ApplicationScoped
public class AlertIntake implements EventIntake {
    private static final String OWN = "notification";
    private static final String ERASED = EventTypes.of(ChildErased.class).topic();

    private final RaiseAlert raise;
    private final SettleAlerts settle;
    private final HandOverAlerts handOver;
    private final FollowVisits visits;
    private final PublishToSubscribers subscribers;
    private final EraseChild erase;
    private final Times times;

    public AlertIntake(
            RaiseAlert raise,
            SettleAlerts settle,
            HandOverAlerts handOver,
            FollowVisits visits,
            PublishToSubscribers subscribers,
            EraseChild erase,
            Times times) {
        this.raise = raise;
        this.settle = settle;
        this.handOver = handOver;
        this.visits = visits;
        this.subscribers = subscribers;
        this.erase = erase;
        this.times = times;
    }

    @Override
    public List<String> topics() {
        return EventTypes.all().stream()
                .filter(type -> !type.producer().equals(OWN))
                .map(EventType::topic)
                .toList();
    }

    @Override
    public EventHandler begin() {
        return new Batch();
    }

    @Override
    public Outcome handle(ReceivedEvent event, Connection tx) throws SQLException {
        var alone = begin();
        var outcome = alone.handle(event, tx);
        alone.finish(tx);
        return outcome;
    }

    /**
     * The events of one transaction: settles at once, and raises, publishes and erases at the end, with a few statements for all.
     * An alert that is still to be raised when its settlement comes is closed when it is raised.
     */
    private final class Batch implements EventHandler {
        private final List<Raising> raisings = new ArrayList<>();
        private final List<HandOverAlerts.Late> late = new ArrayList<>();
        /** Whether to tell of them aloud, by the moves that alerts follow when all that is new of them has been raised. */
        private final Map<Move, Boolean> moves = new LinkedHashMap<>();

        private final List<FollowVisits.Plan> plans = new ArrayList<>();
        private final List<OutgoingEvent> outgoing = new ArrayList<>();
        private final List<ChildErased> erased = new ArrayList<>();

        @Override
        public boolean overtakes(ReceivedEvent event) {
            return event.topic().equals(ERASED);
        }

        @Override
        public Outcome handle(ReceivedEvent event, Connection tx) throws SQLException {
            if (!overtakes(event) && erase.isErased(tx, event.key())) {
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
            if (data instanceof ChildErased child) {
                erased.add(child);
                return Outcome.APPLIED;
            }
            for (var settlement : SettlementRules.of(data, happenedAt(event))) {
                settle.settle(tx, settlement);
            }
            for (var sighting : SettlementRules.sightings(data, happenedAt(event))) {
                settle.settle(tx, sighting);
            }
            for (var death : SettlementRules.deaths(data, happenedAt(event))) {
                settle.settle(tx, death);
            }
            var facts = EventFacts.of(data);
            var drafts = alerts(event, data, facts);
            if (data instanceof VisitPlanned planned) {
                plans.add(new FollowVisits.Plan(
                        planned.visitId(),
                        planned.childId(),
                        planned.version(),
                        planned.districtCode(),
                        drafts,
                        !isResent(event)));
                drafts = List.of();
            }
            for (var draft : drafts) {
                raisings.add(raise.prepare(draft, !isResent(event)));
                if (HandOverAlerts.goesAlong(draft)) {
                    late.add(late(event, data, draft));
                }
            }
            var move = HeardMoves.of(event.id(), data);
            if (move.isPresent() && !erase.isErased(tx, move.get().childId().toString())) {
                handOver.remember(tx, move.get());
                moves.put(move.get(), !isResent(event));
            }
            if (!isResent(event)) {
                outgoing.add(outgoing(event, facts));
            }
            return Outcome.APPLIED;
        }

        @Override
        public void finish(Connection tx) throws SQLException {
            raise.raise(tx, raisings);
            visits.raise(tx, plans);
            for (var move : moves.keySet()) {
                settle.follow(tx, move);
            }
            for (var raised : late) {
                handOver.catchUp(tx, raised);
            }
            for (var move : moves.entrySet()) {
                handOver.follow(tx, move.getKey(), move.getValue());
            }
            subscribers.publish(tx, outgoing);
            for (var child : erased) {
                erase.erase(tx, child.childId(), child.aliasIds());
            }
        }

        @Override
        public void committed() {
            raise.committed();
        }
    }

    private List<AlertDraft> alerts(ReceivedEvent event, Record data, EventFacts facts) {
        var askedAt = happenedAt(event);
        var cause = new AlertCause(event.id(), event.topic(), correlation(event, facts));
        return AlertRules.decide(data, askedAt).stream()
                .map(decision -> {
                    boolean forAgency =
                            facts.agencyId() != null && decision.role().worksInAgency();
                    return new AlertDraft(
                            decision.rule(),
                            decision.kind(),
                            decision.severity(),
                            new Addressee(decision.role(), facts.districtCode(), forAgency ? facts.agencyId() : null),
                            decision.kind().isOncePerSubject() ? facts.subject().withoutChild() : facts.subject(),
                            cause,
                            facts.detail(),
                            decision.actBy(),
                            askedAt);
                })
                .toList();
    }

    private HandOverAlerts.Late late(ReceivedEvent event, Record data, AlertDraft draft) {
        return new HandOverAlerts.Late(
                Objects.requireNonNull(draft.subject().childId()),
                Objects.requireNonNull(draft.addressee().districtCode()),
                data instanceof ChildFlagged flagged ? flagged.flaggedAt() : null,
                !isResent(event));
    }

    /** Whether a restored source sends it again: whom it concerns was told when it came first. */
    private static boolean isResent(ReceivedEvent event) {
        return event.headers().containsKey("ce_resent");
    }

    private OutgoingEvent outgoing(ReceivedEvent event, EventFacts facts) {
        return new OutgoingEvent(
                event.id(),
                event.topic(),
                facts.districtCode(),
                facts.agencyId(),
                facts.subject().childId(),
                happenedAt(event),
                event.payload());
    }

    /** An event without a correlation begins its own. */
    private static UUID correlation(ReceivedEvent event, EventFacts facts) {
        var header = event.headers().get("ce_correlationid");
        try {
            return header == null ? facts.subject().id() : UUID.fromString(header);
        } catch (IllegalArgumentException malformed) {
            return facts.subject().id();
        }
    }

    private Instant happenedAt(ReceivedEvent event) {
        var header = event.headers().get("ce_time");
        try {
            return header == null ? times.now() : Instant.parse(header);
        } catch (DateTimeException malformed) {
            return times.now();
        }
    }
}
