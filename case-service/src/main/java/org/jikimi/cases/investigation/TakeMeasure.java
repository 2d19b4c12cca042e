package org.jikimi.cases.investigation;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jikimi.cases.clock.ClockCode;
import org.jikimi.cases.clock.ClockStart;
import org.jikimi.cases.clock.RunClocks;
import org.jikimi.cases.report.FollowReports;
import org.jikimi.cases.support.Ruling;
import org.jikimi.cases.timeline.Chronicle;
import org.jikimi.cases.timeline.Happening;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.event.EventIds;
import org.jspecify.annotations.Nullable;

/** Takes protective measures, one for each child, and carries them on. Every measure starts the clocks of its kind. */
@ApplicationScoped
class TakeMeasure {
    private static final Map<MeasureKind, List<ClockCode>> CLOCKS = Map.of(
            MeasureKind.EMERGENCY, List.of(ClockCode.EMERGENCY_MEASURE_END, ClockCode.INTERIM_MEASURE_REQUEST),
            MeasureKind.URGENT_INTERIM, List.of(ClockCode.INTERIM_MEASURE_REQUEST_AFTER_URGENT),
            MeasureKind.INTERIM, List.of(ClockCode.INTERIM_MEASURE_END),
            MeasureKind.IMMEDIATE_SEPARATION, List.of(ClockCode.IMMEDIATE_SEPARATION_DECISION));

    private final Investigations investigations;
    private final Measures measures;
    private final FollowReports reports;
    private final RunClocks clocks;
    private final Chronicle chronicle;

    TakeMeasure(
            Investigations investigations,
            Measures measures,
            FollowReports reports,
            RunClocks clocks,
            Chronicle chronicle) {
        this.investigations = investigations;
        this.measures = measures;
        this.reports = reports;
        this.clocks = clocks;
        this.chronicle = chronicle;
    }

    /**
     * What is to be taken.
     *
     * @param childIds whom it protects; if empty, the child and whoever is suspected to be abused with the child
     */
    record Intention(MeasureKind kind, List<Integer> items, List<UUID> childIds, boolean placeNeeded) {}

    /**
     * What was taken.
     *
     * @param investigation its next version
     * @param measures one for each child
     */
    record Taken(Investigation investigation, List<Measure> measures) {}

    /** Expects a locked investigation. */
    Taken take(Connection tx, Investigation investigation, Intention intention, Instant at) throws SQLException {
        var children = intention.childIds().isEmpty() ? together(tx, investigation) : intention.childIds();
        KeyLocks.lock(tx, children.stream().map(UUID::toString).toList());
        var taken = new ArrayList<Measure>();
        for (var child : children) {
            taken.add(take(tx, investigation, intention, child, children, at));
        }
        var next = investigation.withMeasures();
        investigations.update(tx, next);
        return new Taken(next, taken);
    }

    private Measure take(
            Connection tx,
            Investigation investigation,
            Intention intention,
            UUID child,
            List<UUID> children,
            Instant at)
            throws SQLException {
        var id = EventIds.next();
        Instant end = null;
        for (var code : CLOCKS.getOrDefault(intention.kind(), List.of())) {
            end = clocks.start(
                    tx, new ClockStart(code, id, child, investigation.districtCode(), investigation.correlation(), at));
        }
        var measure = new Measure(
                id,
                1,
                MeasureState.TAKEN,
                investigation.id(),
                child,
                investigation.districtCode(),
                intention.kind(),
                intention.items(),
                intention.placeNeeded(),
                children.stream().filter(other -> !other.equals(child)).toList(),
                investigation.excludedAgencyIds(),
                investigation.correlation(),
                at,
                end,
                0);
        measures.insert(tx, measure);
        chronicle.tell(tx, InvestigationEvents.taken(measure));
        return measure;
    }

    Optional<Measure> lock(Connection tx, UUID id) throws SQLException {
        return measures.lock(tx, id);
    }

    /**
     * Carries a measure on. Expects a locked measure.
     *
     * @param decision why it is extended; needed for that alone
     */
    Ruling<Measure> happened(Connection tx, Measure measure, MeasureEvent event, @Nullable String decision, Instant at)
            throws SQLException {
        if (!measure.mayBe(event)) {
            return Ruling.broken(InvestigationRule.MEASURE_NOT_IN_THAT_STATE);
        }
        if (event == MeasureEvent.EXTENDED && decision == null) {
            return Ruling.broken(InvestigationRule.EXTENSION_NEEDS_DECISION);
        }
        return switch (runClocks(tx, measure, event, at)) {
            case Ruling.Allowed<Optional<Instant>>(var end) -> {
                var ruling = measure.after(event, end.orElse(null));
                if (ruling instanceof Ruling.Allowed<Measure>(var next)) {
                    store(tx, next, at);
                    if (decision != null) {
                        measures.writeDecision(tx, next.childId(), next.id(), decision);
                    }
                }
                yield ruling;
            }
            case Ruling.Broken<Optional<Instant>>(var rule, var childIds) -> Ruling.broken(rule, childIds);
        };
    }

    /** Answers when the measure ends from now on. */
    private Ruling<Optional<Instant>> runClocks(Connection tx, Measure measure, MeasureEvent event, Instant at)
            throws SQLException {
        if (event == MeasureEvent.EXTENDED) {
            return clocks.extend(tx, measure.id(), measure.interimExtensions(), at)
                    .map(Optional::of);
        }
        clocks.stop(tx, measure.id(), at);
        return Ruling.allowed(
                switch (event) {
                    case INTERIM_REQUESTED ->
                        measure.beganAsEmergency()
                                ? Optional.of(start(tx, measure, ClockCode.COURT_DECISION, at))
                                : Optional.empty();
                    case COURT_GRANTED -> Optional.of(start(tx, measure, ClockCode.INTERIM_MEASURE_END, at));
                    case COURT_DENIED, ENDED, EXTENDED -> Optional.of(at);
                });
    }

    /** Ends the measures of a kind, because something else has been decided. */
    void end(Connection tx, UUID investigationId, MeasureKind kind, Instant at) {
        for (var measure : measures.ofInvestigation(tx, investigationId)) {
            if (measure.kind() == kind
                    && measure.after(MeasureEvent.ENDED, at) instanceof Ruling.Allowed<Measure>(var ended)) {
                clocks.stop(tx, measure.id(), at);
                store(tx, ended, at);
            }
        }
    }

    /** No event of the contracts tells of a change of a measure, so the child's story alone does. */
    private void store(Connection tx, Measure measure, Instant at) {
        measures.update(tx, measure);
        chronicle.note(
                tx,
                new Happening(
                        measure.childId(),
                        at,
                        "case",
                        "ProtectiveMeasureChanged",
                        measure.id(),
                        measure.state().name(),
                        measure.kind().name(),
                        measure.correlation()));
    }

    private Instant start(Connection tx, Measure measure, ClockCode code, Instant at) throws SQLException {
        return clocks.start(
                tx,
                new ClockStart(
                        code, measure.id(), measure.childId(), measure.districtCode(), measure.correlation(), at));
    }

    private List<UUID> together(Connection tx, Investigation investigation) {
        var child = investigation.childId();
        return Stream.concat(Stream.of(child), reports.suspectedTogetherWith(tx, investigation.id(), child).stream())
                .toList();
    }
}
