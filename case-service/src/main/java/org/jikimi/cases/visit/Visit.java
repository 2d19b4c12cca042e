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
import java.util.Optional;
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
    static Visit planned(VisitPlan plan, VisitKind kind, Collection<VisitChild> children) {
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
    Visit joinedBy(PlanVisit.Flagged flag) {
        var known = childIds();
        var told = elsewhere(new Home(flag.householdId(), new Place(flag.districtCode(), flag.dongCode())));
        var fresh = fresh(flag);
        var household = Stream.concat(
                        children.stream(),
                        Stream.concat(Stream.of(flag.childId()), flag.siblingIds().stream())
                                .distinct()
                                .filter(id -> !known.contains(id))
                                .map(VisitChild::of))
                .map(child -> child.childId().equals(flag.childId()) ? child.flagged(flag.flagId()) : child)
                .map(child -> fresh.contains(child.childId()) ? child.at(told) : child);
        var due = dueOn(flag.urgent(), flag.flaggedAt());
        return joined(kind, flag.urgent(), due, flag.flagId(), flag.flaggedAt(), household, attempts);
    }

    /** Those of whom a flag of the household tells where they live: who is new here, and its child if thought elsewhere. */
    List<UUID> fresh(PlanVisit.Flagged flag) {
        if (!flag.householdId().equals(householdId)) {
            return List.of();
        }
        var here = children.stream()
                .filter(child ->
                        !child.childId().equals(flag.childId()) || (child.gone() == null && child.home() == null))
                .map(VisitChild::childId)
                .toList();
        return Stream.concat(Stream.of(flag.childId()), flag.siblingIds().stream())
                .distinct()
                .filter(id -> !here.contains(id))
                .toList();
    }

    private Visit joined(
            VisitKind goes,
            boolean urgentToo,
            LocalDate dueToo,
            UUID flag,
            Instant plannedToo,
            Stream<VisitChild> household,
            List<Attempt> tried) {
        return new Visit(
                id,
                version + 1,
                tried.isEmpty() ? state : VisitState.ATTEMPTED,
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
                tried,
                completedAt);
    }

    /** Children join who left the household of another visit, as urgently as there and with whoever went along. */
    Visit joinedFrom(Visit left, Collection<VisitChild> coming) {
        return joinedFrom(left, coming, attempts);
    }

    /** All of another visit joins, with what was tried there. */
    Visit joinedByAll(Visit left, Collection<VisitChild> coming) {
        return joinedFrom(left, coming, Attempt.together(attempts, left.attempts));
    }

    private Visit joinedFrom(Visit left, Collection<VisitChild> coming, List<Attempt> tried) {
        var ids = coming.stream().map(VisitChild::childId).toList();
        var others = children.stream().filter(child -> !ids.contains(child.childId()));
        var first = Stream.concat(Stream.of(correlation), coming.stream().flatMap(child -> child.flagIds().stream()))
                .min(Comparator.naturalOrder())
                .orElse(correlation);
        return joined(
                left.kind == VisitKind.JOINT_WITH_POLICE ? left.kind : kind,
                left.urgent,
                left.dueOn,
                first,
                left.plannedAt,
                Stream.concat(others, coming.stream().map(this::welcomed)),
                tried);
    }

    private VisitChild welcomed(VisitChild coming) {
        var here = VisitChild.of(coming.childId()).at(elsewhere(coming.home()));
        var flags = Stream.concat(
                child(coming.childId()).stream().flatMap(known -> known.flagIds().stream()), coming.flagIds().stream());
        for (var flag : flags.toList()) {
            here = here.flagged(flag);
        }
        return here;
    }

    /** Children who must be seen join with their flags, as soon as they must be, and whoever must go along does. */
    Visit joinedByUnseen(VisitPlan plan, Collection<VisitChild> unseen, VisitKind goes) {
        var ids = unseen.stream().map(VisitChild::childId).toList();
        var household = Stream.concat(
                children.stream().filter(child -> !ids.contains(child.childId())),
                unseen.stream().map(this::back));
        var who = kind == VisitKind.JOINT_WITH_POLICE ? kind : goes;
        var due = dueOn(plan.urgent(), plan.at());
        return joined(who, plan.urgent(), due, plan.correlation(), plan.at(), household, attempts);
    }

    private VisitChild back(VisitChild unseen) {
        var here = child(unseen.childId()).filter(child -> child.gone() == null).orElse(unseen);
        for (var flag : unseen.flagIds()) {
            here = here.flagged(flag);
        }
        return here;
    }

    Place place() {
        return new Place(districtCode, dongCode);
    }

    Home home() {
        return new Home(householdId, place());
    }

    Optional<VisitChild> child(UUID childId) {
        return children.stream()
                .filter(child -> child.childId().equals(childId))
                .findFirst();
    }

    /** Where the register has a child of it. */
    Home homeOf(VisitChild child) {
        var home = child.home();
        return home == null ? home() : home;
    }

    /** Whether it is made for the sake of a child: one who was flagged; any, where none was or the police go along. */
    boolean isMadeFor(VisitChild child) {
        return child.isFlagged()
                || kind == VisitKind.JOINT_WITH_POLICE
                || children.stream().noneMatch(VisitChild::wasFlagged);
    }

    /**
     * The household has moved, or its only child has to another one; whoever visits it there goes on with what was tried
     * before. Of the other children the register still says that they live where it was.
     */
    Visit movedTo(Home there, int ordinalThere, UUID mover) {
        return new Visit(
                id,
                version + 1,
                state,
                kind,
                there.householdId(),
                ordinalThere,
                there.place().districtCode(),
                there.place().dongCode(),
                urgent,
                dueOn,
                correlation,
                plannedAt,
                children.stream()
                        .map(child -> {
                            boolean along = child.childId().equals(mover)
                                    || homeOf(child).equals(there);
                            return child.gone() == null ? child.at(along ? null : homeOf(child)) : child;
                        })
                        .toList(),
                attempts,
                completedAt);
    }

    /** The register has a child of it somewhere now. */
    Visit withChildAt(UUID childId, Home place) {
        return with(
                state,
                kind,
                children.stream()
                        .map(child -> child.childId().equals(childId) ? child.at(elsewhere(place)) : child)
                        .toList(),
                attempts,
                completedAt);
    }

    private @Nullable Home elsewhere(@Nullable Home place) {
        return home().equals(place) ? null : place;
    }

    /** Children have left the household and are visited elsewhere; here they are siblings of whom to ask. */
    Visit without(Collection<UUID> gone, UUID visitThere) {
        return with(
                state,
                kind,
                children.stream()
                        .map(child -> gone.contains(child.childId()) ? child.goneTo(visitThere) : child)
                        .toList(),
                attempts,
                completedAt);
    }

    /**
     * Whether nobody is left to be seen: all of its children are visited elsewhere, or have died or emigrated.
     *
     * @param left what stands of those who died or emigrated
     */
    boolean isEmpty(Map<UUID, ChildResult> left) {
        return children.stream().allMatch(child -> child.gone() != null || left.containsKey(child.childId()));
    }

    /** Nobody is left to be seen, and nobody went. */
    Visit closed(Map<UUID, ChildResult> left, Instant at) {
        var moved = ChildResult.ofOneWhoWasNotVisited(VisitOutcome.MOVED);
        var found = children.stream()
                .map(child -> child.with(child.gone() != null ? moved : left.getOrDefault(child.childId(), moved)))
                .toList();
        return with(VisitState.CLOSED, kind, found, attempts, at);
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
            var broken = result.brokenRule(child);
            if (broken != null) {
                return Ruling.broken(broken, List.of(child.childId()));
            }
            found.add(child.with(result));
        }
        return Ruling.allowed(with(VisitState.COMPLETED, kind, found, attempts, at));
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
