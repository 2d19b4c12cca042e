package org.jikimi.cases.clock;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jikimi.cases.move.Move;
import org.jikimi.cases.move.MoveRows;
import org.jikimi.cases.support.Ruling;
import org.jikimi.runtime.due.DueWork;

/**
 * Starts, stops and extends legal clocks, in the transaction of what starts, stops or extends them. Whoever calls holds
 * the lock of the child. Planned warnings of a stopped clock stay and find nothing to do.
 */
@ApplicationScoped
public class RunClocks {
    private final Clocks clocks = new Clocks();
    private final DueWork dueWork;

    public RunClocks(DueWork dueWork) {
        this.dueWork = dueWork;
    }

    /** Starts a clock, once. Answers when it runs out. */
    public Instant start(Connection tx, ClockStart start) throws SQLException {
        return start(tx, start, "");
    }

    /**
     * Starts a clock, once.
     *
     * @param urgency decides the length where the limit names urgencies
     * @return when it runs out
     */
    public Instant start(Connection tx, ClockStart start, String urgency) throws SQLException {
        var clock = LegalClock.started(start, urgency);
        if (clocks.insert(tx, clock)) {
            plan(tx, clock);
        }
        return clock.dueAt();
    }

    /** Stops the open clocks of a subject that have one of the codes; all of them if none is named. */
    public void stop(Connection tx, UUID subjectId, Instant at, ClockCode... codes) {
        var which = Set.of(codes);
        stop(tx, clocks.openOfSubject(tx, subjectId), which, at);
    }

    /** Stops the open clocks of a child that have one of the codes, whatever they are about. */
    public void stopOfChild(Connection tx, UUID childId, Instant at, ClockCode... codes) {
        var which = Set.of(codes);
        stop(tx, clocks.openOfChild(tx, childId), which, at);
    }

    /**
     * Stops them because a person has found the child, also those that the register stopped before.
     *
     * @param id under which it was found; should that prove to be another child's, those of other ids are no more stopped by it
     */
    public void stopOfFound(Connection tx, UUID id, Instant at, ClockCode... codes) {
        var which = Set.of(codes);
        for (var clock : clocks.notOverOfChild(tx, id)) {
            if (which.contains(clock.code())) {
                clocks.update(tx, clock.found(id, at));
            }
        }
    }

    /** Under which id a child was found at a time or since; empty if nobody found it. */
    public interface FoundSince {
        Optional<UUID> as(UUID childId, Instant since) throws SQLException;
    }

    /** An id is of a child now: stops those for whom somebody had been found under another id by then. */
    public void stopOfFoundBefore(Connection tx, UUID id, Instant at, FoundSince found, ClockCode... codes)
            throws SQLException {
        var which = Set.of(codes);
        for (var clock : clocks.openOfChild(tx, id)) {
            var as = which.contains(clock.code())
                    ? found.as(clock.childId(), clock.startedAt())
                    : Optional.<UUID>empty();
            if (as.isPresent()) {
                clocks.update(tx, clock.found(as.get(), at));
            }
        }
    }

    /** An id is of another child now: those that were stopped by what was found of one and the other may run on again. */
    public void part(Connection tx, UUID id) {
        clocks.part(tx, id);
    }

    /** Stops them because the register says that the child has died, until it takes that back. */
    public void pauseOfChild(Connection tx, UUID childId, Instant at, ClockCode... codes) {
        var which = Set.of(codes);
        for (var clock : clocks.openOfChild(tx, childId)) {
            if (which.contains(clock.code())) {
                clocks.update(tx, clock.paused(at));
            }
        }
    }

    /** Whether a clock may run on that began at a time. */
    public interface MayRunOn {
        boolean test(ClockCode code, UUID subjectId, Instant since) throws SQLException;
    }

    /**
     * Lets those of an id run on that the register stopped. They run out when they would have; one that would have by now does so
     * at once.
     *
     * @param which of them; the others wait on
     */
    public void resumeOfChild(Connection tx, UUID id, MayRunOn which) throws SQLException {
        for (var clock : clocks.endedByRegister(tx, id)) {
            if (which.test(clock.code(), clock.subjectId(), clock.startedAt())) {
                var resumed = clock.resumed();
                clocks.update(tx, resumed);
                plan(tx, resumed);
            }
        }
    }

    /**
     * Lets those of them that are about a visit which is over run on for the one that is made in its place: what was asked for
     * about the other is settled. They run out when they would have.
     *
     * @param district of the visit that is made
     */
    public void handOn(Connection tx, UUID overId, UUID id, UUID visitId, String district) throws SQLException {
        for (var clock : clocks.endedByRegister(tx, id)) {
            if (clock.subjectId().equals(overId) && clock.code() == ClockCode.REFUSED_VISIT_JOINT) {
                clocks.update(tx, clock.stoppedForGood());
                start(tx, new ClockStart(clock.code(), visitId, id, district, clock.correlation(), clock.startedAt()));
            }
        }
    }

    /**
     * Extends the open clocks of a subject that end it, as far as the law allows.
     *
     * @param interimExtensions how often an interim measure may be extended
     * @return when the last of them runs out now; refused if none may be extended
     */
    public Ruling<Instant> extend(Connection tx, UUID subjectId, int interimExtensions, Instant now)
            throws SQLException {
        Optional<Instant> end = Optional.empty();
        for (var clock : clocks.openOfSubject(tx, subjectId)) {
            switch (clock.extended(interimExtensions, now)) {
                case Ruling.Allowed<LegalClock>(var extended) -> {
                    clocks.update(tx, extended);
                    plan(tx, extended);
                    end = end.filter(extended.dueAt()::isBefore).or(() -> Optional.of(extended.dueAt()));
                }
                case Ruling.Broken<LegalClock>(var rule, var childIds) -> {
                    return Ruling.broken(rule, childIds);
                }
            }
        }
        return end.map(Ruling::allowed).orElseGet(() -> Ruling.broken(ClockRule.CLOCK_NOT_OPEN));
    }

    /** Open clocks go with the child who moves, to whoever must act now. */
    public void follow(Connection tx, Move move) {
        MoveRows.followDistrict(
                tx,
                move,
                "legal_clock",
                "(state IN ('RUNNING', 'BREACHED') OR ended_by_register OR ended_as IS NOT NULL)");
    }

    Optional<LegalClock> find(Connection tx, UUID id) {
        return clocks.find(tx, id);
    }

    private void stop(Connection tx, List<LegalClock> open, Set<ClockCode> codes, Instant at) {
        for (var clock : open) {
            if (codes.isEmpty() || codes.contains(clock.code())) {
                clocks.update(tx, clock.stopped(at));
            }
        }
    }

    private void plan(Connection tx, LegalClock clock) throws SQLException {
        dueWork.plan(tx, WarnOfClock.KIND, clock.id().toString(), clock.warnAt());
        dueWork.plan(tx, BreachClock.KIND, clock.id().toString(), clock.dueAt());
    }
}
