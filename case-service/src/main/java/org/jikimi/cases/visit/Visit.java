package org.jikimi.cases.visit;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jikimi.cases.support.Ids;
import org.jikimi.cases.support.Place;
import org.jikimi.cases.support.Ruling;
import org.jikimi.runtime.time.Seoul;
import org.jspecify.annotations.Nullable;

/**
 * A household visit: one visit for all children of the household, one result for each of them.
 *
 * @param ordinal which visit of the household, from 1
 * @param dueOn last day of the visit
 * @param correlation the flag that led to it; of several the one with the smallest id
 * @param plannedAt when the first flag was raised, or when a follow-up was planned
 */
record Visit(
        UUID id,
        long version,
        VisitState state,
        VisitKind kind,
        UUID householdId,
        int ordinal,
        String districtCode,
        String dongCode,
        boolean urgent,
        LocalDate dueOn,
        UUID correlation,
        Instant plannedAt,
        List<VisitChild> children,
        List<Attempt> attempts,
        @Nullable Instant completedAt) {
    /** Time for an urgent or joint visit; platform policy. */
    static final Duration URGENT_WITHIN = Duration.ofDays(3);

    /** Time for every other visit; platform policy. */
    static final Duration ORDINARY_WITHIN = Duration.ofDays(30);

    private static final int REFUSALS_THAT_CALL_FOR_POLICE = 2;

    Visit {
        children = List.copyOf(children);
        attempts = List.copyOf(attempts);
    }

    /** Plans a visit. */
    static Visit planned(Plan plan, VisitKind kind, Collection<VisitChild> children) {
        return new Visit(
                idOf(plan.householdId(), plan.ordinal()),
                1,
                VisitState.PLANNED,
                kind,
                plan.householdId(),
                plan.ordinal(),
                plan.districtCode(),
                plan.dongCode(),
                plan.urgent(),
                dueOn(plan.urgent(), plan.at()),
                plan.correlation(),
                plan.at(),
                children.stream()
                        .sorted(Comparator.comparing(VisitChild::childId))
                        .toList(),
                List.of(),
                null);
    }

    static UUID idOf(UUID householdId, int ordinal) {
        return Ids.of(householdId, "visit/" + ordinal);
    }

    /**
     * Where, why and how soon.
     *
     * @param correlation the flag that leads to it
     */
    record Plan(
            UUID householdId,
            int ordinal,
            String districtCode,
            String dongCode,
            boolean urgent,
            UUID correlation,
            Instant at) {}

    boolean isOpen() {
        return state == VisitState.PLANNED || state == VisitState.ATTEMPTED;
    }

    int refusals() {
        return (int) attempts.stream()
                .filter(attempt -> attempt.result() == AttemptResult.REFUSED)
                .count();
    }

    /** Whether the police must come along from now on: somebody refused for the second time. */
    boolean callsForPolice() {
        return refusals() >= REFUSALS_THAT_CALL_FOR_POLICE;
    }

    List<UUID> childIds() {
        return children.stream().map(VisitChild::childId).toList();
    }

    /** What the events about a child go back to: the child's own flag, else the visit's. */
    UUID correlationOf(VisitChild child) {
        var flag = child.flagId();
        return flag == null ? correlation : flag;
    }

    /** A flag of the household joins. In whatever order flags come, the visit ends the same. */
    Visit joinedBy(UUID flagId, UUID childId, Collection<UUID> siblingIds, boolean urgentFlag, Instant flaggedAt) {
        var known = childIds();
        var household = Stream.concat(
                        children.stream(),
                        Stream.concat(Stream.of(childId), siblingIds.stream())
                                .distinct()
                                .filter(id -> !known.contains(id))
                                .map(VisitChild::of))
                .map(child -> child.childId().equals(childId) ? child.flagged(flagId) : child);
        return joined(kind, urgentFlag, dueOn(urgentFlag, flaggedAt), flagId, flaggedAt, household);
    }

    private Visit joined(
            VisitKind goes,
            boolean urgentToo,
            LocalDate dueToo,
            UUID flag,
            Instant plannedToo,
            Stream<VisitChild> household) {
        return new Visit(
                id,
                version + 1,
                state,
                goes,
                householdId,
                ordinal,
                districtCode,
                dongCode,
                urgent || urgentToo,
                dueToo.isBefore(dueOn) ? dueToo : dueOn,
                flag.compareTo(correlation) < 0 ? flag : correlation,
                plannedToo.isBefore(plannedAt) ? plannedToo : plannedAt,
                household.sorted(Comparator.comparing(VisitChild::childId)).toList(),
                attempts,
                completedAt);
    }

    /** A child joins who has left the household of another visit, as urgently as there and with whoever went along. */
    Visit joinedFrom(Visit left, VisitChild child) {
        var here = children.stream()
                .filter(one -> one.childId().equals(child.childId()))
                .findFirst()
                .orElse(child);
        for (var flag : child.flagIds()) {
            here = here.flagged(flag);
        }
        var others = children.stream().filter(one -> !one.childId().equals(child.childId()));
        return joined(
                left.kind == VisitKind.JOINT_WITH_POLICE ? left.kind : kind,
                left.urgent,
                left.dueOn,
                child.flagIds().isEmpty() ? correlation : child.flagIds().getFirst(),
                left.plannedAt,
                Stream.concat(others, Stream.of(here)));
    }

    /** Children who must be seen join, and whoever must go along does. */
    Visit joinedByUnseen(Collection<VisitChild> unseen, VisitKind goes) {
        var known = childIds();
        var household = Stream.concat(
                        children.stream(), unseen.stream().filter(child -> !known.contains(child.childId())))
                .sorted(Comparator.comparing(VisitChild::childId))
                .toList();
        var who = kind == VisitKind.JOINT_WITH_POLICE ? kind : goes;
        return with(state, who, household, attempts, completedAt);
    }

    Place place() {
        return new Place(districtCode, dongCode);
    }

    /** The children for whose sake it is made: those who were flagged; all, where none was or the police go along. */
    List<UUID> meantFor() {
        var flagged = children.stream()
                .filter(child -> !child.flagIds().isEmpty())
                .map(VisitChild::childId)
                .toList();
        return flagged.isEmpty() || kind == VisitKind.JOINT_WITH_POLICE ? childIds() : flagged;
    }

    /** The household has moved; whoever visits it there goes on with what was tried before. */
    Visit movedTo(Place place) {
        return movedTo(householdId, ordinal, place);
    }

    /** The only child has moved to another household, and the visit with it. */
    Visit movedTo(UUID household, int ordinalThere, Place place) {
        return new Visit(
                id,
                version + 1,
                state,
                kind,
                household,
                ordinalThere,
                place.districtCode(),
                place.dongCode(),
                urgent,
                dueOn,
                correlation,
                plannedAt,
                children,
                attempts,
                completedAt);
    }

    /** A child has left the household and is visited elsewhere; here it is a sibling of whom to ask. */
    Visit withoutFlagsOf(UUID childId) {
        return with(
                state,
                kind,
                children.stream()
                        .map(child -> child.childId().equals(childId) ? VisitChild.of(childId) : child)
                        .toList(),
                attempts,
                completedAt);
    }

    /** Nobody was seen. A second refusal makes it a joint visit with the police. */
    Ruling<Visit> attempted(AttemptResult result, Instant at) {
        if (!isOpen()) {
            return Ruling.broken(VisitRule.VISIT_ALREADY_COMPLETED);
        }
        var more = new ArrayList<>(attempts);
        more.add(new Attempt(attempts.size() + 1, result, at));
        var next = with(VisitState.ATTEMPTED, kind, children, more, null);
        return Ruling.allowed(
                next.callsForPolice()
                        ? with(VisitState.ATTEMPTED, VisitKind.JOINT_WITH_POLICE, children, more, null)
                        : next);
    }

    /** Completes it with a result for each child of the household, flagged or not. */
    Ruling<Visit> completed(Map<UUID, ChildResult> results, Instant at) {
        if (!isOpen()) {
            return Ruling.broken(VisitRule.VISIT_ALREADY_COMPLETED);
        }
        var strangers = results.keySet().stream()
                .filter(child -> !childIds().contains(child))
                .sorted()
                .toList();
        if (!strangers.isEmpty()) {
            return Ruling.broken(VisitRule.CHILD_NOT_OF_VISIT, strangers);
        }
        var missing =
                childIds().stream().filter(child -> !results.containsKey(child)).toList();
        if (!missing.isEmpty()) {
            return Ruling.broken(VisitRule.CHILD_WITHOUT_RESULT, missing);
        }
        var found = new ArrayList<VisitChild>();
        for (var child : children) {
            var result = Objects.requireNonNull(results.get(child.childId()));
            var broken = ruleBrokenBy(result);
            if (broken != null) {
                return Ruling.broken(broken, List.of(child.childId()));
            }
            found.add(child.with(result));
        }
        return Ruling.allowed(with(VisitState.COMPLETED, kind, found, attempts, at));
    }

    private static @Nullable VisitRule ruleBrokenBy(ChildResult result) {
        if (result.outcome() == VisitOutcome.SAFE && !result.seen()) {
            return VisitRule.SEEN_REQUIRED_FOR_SAFE;
        }
        if (result.seenAlone() && !result.seen()) {
            return VisitRule.SEEN_ALONE_REQUIRES_SEEN;
        }
        if (result.seen() && (result.outcome() == VisitOutcome.UNLOCATED || result.outcome() == VisitOutcome.ABROAD)) {
            return VisitRule.SEEN_CONTRADICTS_OUTCOME;
        }
        return result.outcome() == VisitOutcome.WELFARE_NEED && result.needs().isEmpty()
                ? VisitRule.NEED_REQUIRED_FOR_WELFARE_NEED
                : null;
    }

    private static LocalDate dueOn(boolean urgent, Instant from) {
        return Seoul.dateOf(from.plus(urgent ? URGENT_WITHIN : ORDINARY_WITHIN));
    }

    private Visit with(
            VisitState newState,
            VisitKind newKind,
            List<VisitChild> newChildren,
            List<Attempt> newAttempts,
            @Nullable Instant newCompletedAt) {
        return new Visit(
                id,
                version + 1,
                newState,
                newKind,
                householdId,
                ordinal,
                districtCode,
                dongCode,
                urgent,
                dueOn,
                correlation,
                plannedAt,
                newChildren,
                newAttempts,
                newCompletedAt);
    }
}
