package org.jikimi.cases.visit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.cases.visit.VisitParts.CHILD;
import static org.jikimi.cases.visit.VisitParts.FLAG;
import static org.jikimi.cases.visit.VisitParts.HOUSEHOLD;
import static org.jikimi.cases.visit.VisitParts.SIBLING;
import static org.jikimi.cases.visit.VisitParts.result;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.support.Place;
import org.jikimi.cases.support.Rule;
import org.jikimi.cases.support.Ruling;
import org.junit.jupiter.api.Test;

/** The rules of a household visit. */
class VisitTest {
    private static final Instant NOW = Instant.parse("2026-11-02T15:30:00Z");

    private final Visit visit = Visit.planned(
            new VisitPlan(HOUSEHOLD, 1, TestWorld.DISTRICT, TestWorld.DONG, false, FLAG, NOW),
            VisitKind.DONG_OFFICER,
            List.of(VisitChild.of(SIBLING), VisitChild.of(CHILD, List.of(FLAG))));

    @Test
    void aVisitIsDueWithinThirtyDaysOfSeoul() {
        assertThat(visit.dueOn()).isEqualTo(LocalDate.of(2026, 12, 3));
    }

    @Test
    void anUrgentFlagThatJoinsBringsTheVisitForward() {
        var joined = visit.joinedBy(flag(TestWorld.id(102), SIBLING, CHILD, true, NOW.plusSeconds(3600)));

        assertThat(joined.urgent()).isTrue();
        assertThat(joined.dueOn()).isEqualTo(LocalDate.of(2026, 11, 6));
        assertThat(joined.children()).extracting(VisitChild::flagId).containsExactly(FLAG, TestWorld.id(102));
    }

    @Test
    void aFollowUpThatJoinsBringsTheVisitForward() {
        var place = new VisitPlan(
                HOUSEHOLD, 2, TestWorld.DISTRICT, TestWorld.DONG, true, TestWorld.id(102), NOW.plusSeconds(3600));

        var joined = visit.joinedByUnseen(place, List.of(VisitChild.of(SIBLING)), VisitKind.JOINT_WITH_POLICE);

        assertThat(joined.kind()).isEqualTo(VisitKind.JOINT_WITH_POLICE);
        assertThat(joined.urgent()).isTrue();
        assertThat(joined.dueOn()).isEqualTo(LocalDate.of(2026, 11, 6));
        assertThat(joined.children()).extracting(VisitChild::flagId).containsExactly(FLAG, null);
    }

    @Test
    void flagsJoinAlikeInEitherOrder() {
        var one = TestWorld.id(110);
        var two = TestWorld.id(102);

        var first = visit.joinedBy(flag(one, CHILD, SIBLING, true, NOW.minusSeconds(60)))
                .joinedBy(flag(two, CHILD, TestWorld.id(3), false, NOW));
        var second = visit.joinedBy(flag(two, CHILD, TestWorld.id(3), false, NOW))
                .joinedBy(flag(one, CHILD, SIBLING, true, NOW.minusSeconds(60)));

        assertThat(first).isEqualTo(second);
        assertThat(first.childIds()).containsExactly(CHILD, SIBLING, TestWorld.id(3));
    }

    private static PlanVisit.Flagged flag(UUID id, UUID flagged, UUID other, boolean urgent, Instant at) {
        return new PlanVisit.Flagged(
                id,
                flagged,
                HOUSEHOLD,
                List.of(other),
                TestWorld.DISTRICT,
                TestWorld.DONG,
                urgent,
                at,
                TestWorld.id(800));
    }

    @Test
    void aSecondRefusalCallsForAJointVisitWithThePolice() {
        var once = attempted(visit, AttemptResult.REFUSED);
        var twice = attempted(attempted(once, AttemptResult.NO_ANSWER), AttemptResult.REFUSED);

        assertThat(once.kind()).isEqualTo(VisitKind.DONG_OFFICER);
        assertThat(twice.kind()).isEqualTo(VisitKind.JOINT_WITH_POLICE);
        assertThat(twice.refusals()).isEqualTo(2);
    }

    @Test
    void everyChildOfTheHouseholdNeedsAResultAndTheMissingAreNamed() {
        var ruling = visit.completed(Map.of(CHILD, result(VisitOutcome.SAFE)), NOW);

        assertThat(ruling).isEqualTo(Ruling.broken(VisitRule.CHILD_WITHOUT_RESULT, List.of(SIBLING)));
    }

    @Test
    void aChildOfAnotherHouseholdIsNamed() {
        var ruling = visit.completed(
                Map.of(
                        CHILD,
                        result(VisitOutcome.SAFE),
                        SIBLING,
                        result(VisitOutcome.SAFE),
                        TestWorld.id(3),
                        result(VisitOutcome.SAFE)),
                NOW);

        assertThat(ruling).isEqualTo(Ruling.broken(VisitRule.CHILD_NOT_OF_VISIT, List.of(TestWorld.id(3))));
    }

    @Test
    void onlyAChildWhoWasSeenIsSafe() {
        assertThat(broken(
                        new ChildResult(VisitOutcome.SAFE, false, false, null, List.of(), null, null, null, List.of())))
                .isEqualTo(VisitRule.SEEN_REQUIRED_FOR_SAFE);
    }

    @Test
    void aChildWhoWasSeenIsNotUnlocated() {
        assertThat(broken(new ChildResult(
                        VisitOutcome.UNLOCATED, true, false, null, List.of(), null, null, null, List.of())))
                .isEqualTo(VisitRule.SEEN_CONTRADICTS_OUTCOME);
    }

    @Test
    void aChildOfWhoseMoveTheRegisterKnowsNothingIsLookedForAndHasNotMoved() {
        var family = Map.of(CHILD, result(VisitOutcome.MOVED), SIBLING, result(VisitOutcome.SAFE));
        assertThat(visit.completed(family, NOW))
                .isEqualTo(Ruling.broken(VisitRule.MOVE_UNKNOWN_TO_REGISTER, List.of(CHILD)));

        assertThat(visit.without(List.of(CHILD), TestWorld.id(9)).completed(family, NOW))
                .isInstanceOf(Ruling.Allowed.class);
        var elsewhere = new Home(TestWorld.id(8), new Place("11110", "1111051500"));
        assertThat(visit.withChildAt(CHILD, elsewhere).completed(family, NOW)).isInstanceOf(Ruling.Allowed.class);
    }

    @Test
    void aNeedOfWelfareNamesTheNeed() {
        assertThat(broken(new ChildResult(
                        VisitOutcome.WELFARE_NEED, true, true, null, List.of(), null, null, null, List.of())))
                .isEqualTo(VisitRule.NEED_REQUIRED_FOR_WELFARE_NEED);
    }

    @Test
    void aCompletedVisitIsNeitherAttemptedNorCompletedAgain() {
        var completed = (Ruling.Allowed<Visit>) visit.completed(safe(), NOW);

        assertThat(completed.value().attempted(AttemptResult.NO_ANSWER, NOW))
                .isEqualTo(Ruling.broken(VisitRule.VISIT_ALREADY_COMPLETED));
        assertThat(completed.value().completed(safe(), NOW))
                .isEqualTo(Ruling.broken(VisitRule.VISIT_ALREADY_COMPLETED));
    }

    @Test
    void eventsOfASiblingGoBackToTheFlagThatLedToTheVisit() {
        assertThat(visit.children()).extracting(visit::correlationOf).containsExactly(FLAG, FLAG);
    }

    private static Map<UUID, ChildResult> safe() {
        return Map.of(CHILD, result(VisitOutcome.SAFE), SIBLING, result(VisitOutcome.SAFE));
    }

    private Rule broken(ChildResult result) {
        var ruling = visit.completed(Map.of(CHILD, result, SIBLING, result(VisitOutcome.SAFE)), NOW);
        return ((Ruling.Broken<Visit>) ruling).rule();
    }

    private static Visit attempted(Visit before, AttemptResult result) {
        return ((Ruling.Allowed<Visit>) before.attempted(result, NOW)).value();
    }
}
