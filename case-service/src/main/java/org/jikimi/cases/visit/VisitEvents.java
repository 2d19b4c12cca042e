package org.jikimi.cases.visit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jikimi.contracts.cases.v1.ChildUnlocated;
import org.jikimi.contracts.cases.v1.VisitAttempted;
import org.jikimi.contracts.cases.v1.VisitCompleted;
import org.jikimi.contracts.cases.v1.VisitPlanned;
import org.jikimi.runtime.event.EventDraft;
import org.jspecify.annotations.Nullable;

/** Tells the platform of visits: one event for each child. */
final class VisitEvents {
    private VisitEvents() {}

    /** Tells of the plan for some of the children. */
    static List<EventDraft> planned(Visit visit, Collection<VisitChild> children, @Nullable UUID causation) {
        return children.stream()
                .map(child -> planned(visit, child, child.flagId(), causation))
                .toList();
    }

    /** Tells of the plan for a child, because of a flag of the child. */
    static EventDraft planned(Visit visit, VisitChild child, @Nullable UUID flagId, @Nullable UUID causation) {
        var data = new VisitPlanned(
                visit.id(),
                visit.version(),
                visit.state().name(),
                child.childId(),
                visit.districtCode(),
                visit.dongCode(),
                visit.householdId(),
                flagId,
                visit.kind().name(),
                visit.urgent(),
                visit.dueOn(),
                visit.plannedAt());
        return draft(visit, child, flagId, causation, data);
    }

    static List<EventDraft> attempted(Visit visit) {
        var attempt = visit.attempts().getLast();
        return visit.children().stream()
                .map(child -> draft(
                        visit,
                        child,
                        child.flagId(),
                        null,
                        new VisitAttempted(
                                visit.id(),
                                visit.version(),
                                visit.state().name(),
                                child.childId(),
                                visit.districtCode(),
                                visit.householdId(),
                                child.flagId(),
                                attempt.number(),
                                attempt.result().name(),
                                visit.refusals(),
                                attempt.attemptedAt())))
                .toList();
    }

    /** One event a child; a child that was flagged more than once has one for each flag, so that each has its outcome. */
    static List<EventDraft> completed(Visit visit, Instant at) {
        var drafts = new ArrayList<EventDraft>();
        for (var child : visit.children()) {
            var result = child.result();
            if (result == null) {
                continue;
            }
            drafts.add(draft(visit, child, child.flagId(), null, completed(visit, child, result, child.flagId(), at)));
            for (var flag : child.flagIds().stream().skip(1).toList()) {
                drafts.add(draft(visit, child, flag, null, completed(visit, child, result, flag, at)));
            }
        }
        return drafts;
    }

    /** @param answeredAt when the newest answer was given; null if there is none yet */
    static EventDraft whereabouts(WhereaboutsCheck check, @Nullable Instant answeredAt) {
        var result = check.result();
        var data = new ChildUnlocated(
                check.visitId(),
                check.version(),
                check.state().name(),
                check.childId(),
                check.districtCode(),
                check.id(),
                check.flagId(),
                check.since(),
                check.dueAt(),
                result == null ? null : result.name(),
                answeredAt);
        return new EventDraft(data, check.childId(), check.id(), check.districtCode(), check.correlation(), null);
    }

    private static VisitCompleted completed(
            Visit visit, VisitChild child, ChildResult result, @Nullable UUID flagId, Instant at) {
        var birth = result.birthRegistration();
        var delay = result.registrationDelay();
        var care = result.careSetting();
        return new VisitCompleted(
                visit.id(),
                visit.version(),
                visit.state().name(),
                child.childId(),
                visit.districtCode(),
                visit.dongCode(),
                visit.householdId(),
                flagId,
                result.outcome().name(),
                result.seen(),
                result.seenAlone(),
                result.needs().stream()
                        .map(need -> new VisitCompleted.Need(
                                need.code(), need.basis().name(), need.legalBasis()))
                        .toList(),
                birth == null ? null : birth.name(),
                delay == null ? null : delay.name(),
                care == null ? null : care.name(),
                at,
                result.notVisited());
    }

    private static EventDraft draft(
            Visit visit, VisitChild child, @Nullable UUID flagId, @Nullable UUID causation, Record data) {
        return new EventDraft(
                data,
                child.childId(),
                visit.id(),
                visit.districtCode(),
                flagId == null ? visit.correlationOf(child) : flagId,
                causation);
    }
}
