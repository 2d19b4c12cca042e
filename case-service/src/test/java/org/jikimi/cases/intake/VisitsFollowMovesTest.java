package org.jikimi.cases.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.cases.intake.MovingEvents.CHILD;
import static org.jikimi.cases.intake.MovingEvents.HOME;
import static org.jikimi.cases.intake.MovingEvents.NEW;
import static org.jikimi.cases.intake.MovingEvents.NEWEST;
import static org.jikimi.cases.intake.MovingEvents.OLD;
import static org.jikimi.cases.intake.MovingEvents.OTHER_HOME;
import static org.jikimi.cases.intake.MovingEvents.SIBLING;
import static org.jikimi.cases.intake.MovingEvents.flagged;
import static org.jikimi.cases.intake.MovingEvents.flaggedAt;
import static org.jikimi.cases.intake.MovingEvents.moved;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.visit.VisitParts;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.Test;

/** Siblings move, part and meet while a visit is planned; flags and moves are heard in every order in which they can come. */
class VisitsFollowMovesTest {
    private static final int FAMILIES = Boolean.getBoolean("jikimi.long") ? 200 : 8;
    /** Which visit answers which flag, and how often somebody was at the door. */
    private static final String ANSWERS = """
            SELECT concat_ws(' ', f.flag_id, v.state, v.kind, v.district_code, v.household_id,
                jsonb_array_length(v.attempts))
            FROM visit_flag f JOIN visit v ON v.id = f.visit_id ORDER BY 1""";
    /** Whom an officer has yet to see where. */
    private static final String TO_BE_SEEN = """
            SELECT concat_ws(' ', c ->> 'childId', v.district_code, v.household_id, c ->> 'flagIds')
            FROM visit v, jsonb_array_elements(v.children) c WHERE c ->> 'gone' IS NULL AND v.state <> 'CLOSED'
            ORDER BY 1""";

    private final Hearing hearing = new Hearing();
    private final TestWorld world = hearing.world;
    private final VisitParts visits = hearing.visits;
    private final CaseIntake intake = hearing.intake;

    VisitsFollowMovesTest() throws SQLException {}

    @Test
    void ofTwoWhoPartEachFlagEndsWhereItsChildLivesWhateverIsHeardFirst() throws SQLException {
        assertThat(alikeInAnyOrder(
                        ANSWERS,
                        flagged(101, CHILD, OLD, SIBLING),
                        flagged(102, SIBLING, OLD, CHILD),
                        moved(2, CHILD, OLD, NEW, HOME),
                        moved(2, SIBLING, OLD, NEWEST, OTHER_HOME)))
                .containsExactly(answered(101, NEW, HOME), answered(102, NEWEST, OTHER_HOME));
    }

    @Test
    void siblingsOfWhomOneIsFlaggedAreVisitedTogetherWhereTheyMovedWhateverIsHeardFirst() throws SQLException {
        assertThat(alikeInAnyOrder(
                        TO_BE_SEEN,
                        flagged(101, CHILD, OLD, SIBLING),
                        moved(2, CHILD, OLD, NEW, OTHER_HOME),
                        moved(2, SIBLING, OLD, NEW, OTHER_HOME)))
                .containsExactly(
                        CHILD + " " + NEW + " " + OTHER_HOME + " [\"" + TestWorld.id(101) + "\"]",
                        SIBLING + " " + NEW + " " + OTHER_HOME + " []");
    }

    @Test
    void whoWasNeverFlaggedIsLeftToTheOldVisitWhicheverOfThemIsHeardToLeaveFirst() throws SQLException {
        assertThat(alikeInAnyOrder(
                        TO_BE_SEEN,
                        flagged(101, CHILD, OLD, SIBLING),
                        moved(2, CHILD, OLD, NEW, OTHER_HOME),
                        moved(2, SIBLING, OLD, NEWEST, TestWorld.id(902))))
                .containsExactly(
                        CHILD + " " + NEW + " " + OTHER_HOME + " [\"" + TestWorld.id(101) + "\"]",
                        SIBLING + " " + OLD + " " + HOME + " []");
    }

    @Test
    void aSecondFlagOfAnOnlyChildOpensNoSecondVisitWhateverIsHeardFirst() throws SQLException {
        assertThat(alikeInAnyOrder(
                        "SELECT concat_ws(' ', state, district_code, household_id) FROM visit",
                        flagged(101, CHILD, OLD),
                        flagged(102, CHILD, OLD),
                        moved(2, CHILD, OLD, NEW, OTHER_HOME)))
                .containsExactly("PLANNED " + NEW + " " + OTHER_HOME);
    }

    @Test
    void whoComesBackIsVisitedWithTheOthersAgainWhateverIsHeardFirst() throws SQLException {
        assertThat(alikeInAnyOrder(
                        ANSWERS,
                        flagged(101, CHILD, OLD, SIBLING),
                        flagged(102, SIBLING, OLD, CHILD),
                        moved(2, CHILD, OLD, NEW, OTHER_HOME),
                        moved(3, CHILD, NEW, OLD, HOME)))
                .containsExactly(answered(101, OLD, HOME), answered(102, OLD, HOME));
    }

    @Test
    void wheneverSiblingsMoveAndAreFlaggedEachFlagEndsWhereItsChildLives() throws SQLException {
        for (int seed = 0; seed < FAMILIES; seed++) {
            var family = new MovingFamily(seed);
            assertThat(alikeInAnyOrder(ANSWERS, family.events()))
                    .as("family %d", seed)
                    .isEqualTo(family.answers());
        }
    }

    @Test
    void aHouseholdThatIsVisitedWhereItMovesHasOneVisitWithWhatWasTriedBefore() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));
        world.run(tx -> visits.refuse(tx, CHILD));
        handle(flagged(103, TestWorld.id(3), NEW));

        handle(moved(2, CHILD, OLD, NEW, HOME));

        assertThat(world.query(ANSWERS))
                .containsExactly(
                        TestWorld.id(101) + " ATTEMPTED DONG_OFFICER " + NEW + " " + HOME + " 1",
                        TestWorld.id(103) + " ATTEMPTED DONG_OFFICER " + NEW + " " + HOME + " 1");
        assertThat(world.query(TO_BE_SEEN)).hasSize(3).contains(SIBLING + " " + NEW + " " + HOME + " []");
        assertThat(world.events("VisitCompleted", "state")).containsExactly("CLOSED", "CLOSED");
        assertThat(world.events("VisitCompleted", "outcome")).containsExactly("MOVED", "MOVED");
        assertThat(world.events("VisitCompleted", "flagId")).containsOnlyNulls();
    }

    private static String answered(int flag, String district, UUID household) {
        return TestWorld.id(flag) + " PLANNED DONG_OFFICER " + district + " " + household + " 0";
    }

    /** The end of events in all orders in which those of one topic and child keep theirs. */
    private List<String> alikeInAnyOrder(String state, ReceivedEvent... events) throws SQLException {
        var ends = new EitherOrder(world.database, state)
                .afterEveryOrder(List.of(events), event -> event.topic() + event.key(), this::settles);
        assertThat(ends).hasSize(1);
        return ends.keySet().iterator().next();
    }

    private boolean settles(ReceivedEvent event, Connection tx) throws SQLException {
        return !(intake.handle(event, tx) instanceof Outcome.Early);
    }

    private Outcome handle(ReceivedEvent event) throws SQLException {
        return world.get(tx -> intake.handle(event, tx));
    }

    /** Three children who live together at first, and part and meet again; households move, too. */
    private static final class MovingFamily {
        private static final List<String> DISTRICTS = List.of(OLD, NEW, NEWEST);

        private final SplittableRandom random;
        private final Map<UUID, UUID> householdOf = new TreeMap<>();
        private final Map<UUID, String> districtOf = new TreeMap<>(Map.of(HOME, OLD, OTHER_HOME, NEW));
        private final Map<Integer, UUID> flags = new TreeMap<>();
        private final List<ReceivedEvent> events = new ArrayList<>();

        MovingFamily(int seed) {
            random = new SplittableRandom(seed);
            for (int child = 1; child <= 3; child++) {
                householdOf.put(TestWorld.id(child), HOME);
            }
            while (events.size() < 5) {
                var child = any(householdOf.keySet());
                switch (random.nextInt(4)) {
                    case 0, 1 -> flag(child);
                    case 2 -> move(child, any(districtOf.keySet()));
                    default -> moveHousehold(any(districtOf.keySet()));
                }
            }
        }

        private <T> T any(Collection<T> of) {
            return List.copyOf(of).get(random.nextInt(of.size()));
        }

        private void flag(UUID child) {
            var household = home(child);
            var siblings = householdOf.keySet().stream()
                    .filter(other -> !other.equals(child) && home(other).equals(household))
                    .toList();
            int number = 101 + events.size();
            flags.put(number, child);
            events.add(flaggedAt(number, child, district(household), household, siblings));
        }

        private void move(UUID child, UUID household) {
            var left = district(home(child));
            if (!left.equals(district(household))) { // else no move is told
                householdOf.put(child, household);
                tell(child, left);
            }
        }

        private void moveHousehold(UUID household) {
            var left = district(household);
            districtOf.put(household, any(DISTRICTS));
            householdOf.keySet().stream()
                    .filter(child -> home(child).equals(household))
                    .forEach(child -> tell(child, left));
        }

        private void tell(UUID child, String left) {
            var household = home(child);
            if (!left.equals(district(household))) {
                events.add(moved(events.size() + 2, child, left, district(household), household));
            }
        }

        private UUID home(UUID child) {
            return Objects.requireNonNull(householdOf.get(child));
        }

        private String district(UUID household) {
            return Objects.requireNonNull(districtOf.get(household));
        }

        ReceivedEvent[] events() {
            return events.toArray(ReceivedEvent[]::new);
        }

        List<String> answers() {
            return flags.entrySet().stream()
                    .map(flag -> answered(flag.getKey(), district(home(flag.getValue())), home(flag.getValue())))
                    .toList();
        }
    }
}
