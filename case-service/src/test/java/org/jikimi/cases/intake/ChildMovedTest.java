package org.jikimi.cases.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.casefile.CaseParts;
import org.jikimi.cases.casefile.MoveCase;
import org.jikimi.cases.investigation.InvestigationParts;
import org.jikimi.cases.investigation.MoveInvestigations;
import org.jikimi.cases.report.ReportParts;
import org.jikimi.cases.report.Urgency;
import org.jikimi.cases.visit.VisitOutcome;
import org.jikimi.cases.visit.VisitParts;
import org.jikimi.contracts.EventTypes;
import org.jikimi.contracts.screening.v1.ChildFlagged;
import org.jikimi.contracts.screening.v1.ChildMoved;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A child moves, and whoever must act is somebody else from then on. */
class ChildMovedTest {
    private static final UUID CHILD = TestWorld.id(1);
    private static final UUID SIBLING = TestWorld.id(2);
    private static final UUID HOME = TestWorld.id(900);
    private static final UUID OTHER_HOME = TestWorld.id(901);
    private static final String OLD = TestWorld.DISTRICT;
    private static final String NEW = "11110";
    private static final String NEWEST = "11680";
    private static final int FAMILIES = Boolean.getBoolean("jikimi.long") ? 200 : 8;
    private static final String OPEN_WORK = """
            SELECT 'visit ' || district_code || ' ' || dong_code FROM visit
            UNION SELECT 'report ' || district_code FROM report
            UNION SELECT 'investigation ' || district_code FROM investigation
            UNION SELECT 'measure ' || district_code FROM measure
            UNION SELECT 'clock ' || district_code FROM legal_clock WHERE state = 'RUNNING' ORDER BY 1""";
    private static final String PLACES = """
            SELECT concat_ws(' ', 'visit', state, kind, district_code, household_id, children::text) FROM visit
            UNION ALL SELECT concat_ws(' ', 'report', district_code) FROM report
            ORDER BY 1""";

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

    private TestWorld world;
    private VisitParts visits;
    private ReportParts reports;
    private InvestigationParts investigations;
    private CaseIntake intake;

    @BeforeEach
    void start() throws SQLException {
        world = new TestWorld();
        reports = new ReportParts(world);
        visits = new VisitParts(world, reports);
        var cases = new CaseParts(world);
        investigations = new InvestigationParts(world, reports, visits, cases);
        var move = new MoveWork(visits.move, reports.follow, new MoveInvestigations(), new MoveCase(), world.clocks);
        intake = new CaseIntake(move, cases.follow, investigations.placements, world.chronicle, world.erase);
    }

    @Test
    void allOpenWorkFollowsTheChildAndTheVisitKeepsWhatWasTried() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));
        world.run(tx -> reports.by112(tx, CHILD, Urgency.URGENT));
        world.run(tx -> investigations.measureFor(tx, reports.by112(tx, CHILD, Urgency.URGENT)));
        var visit = world.query("SELECT id FROM visit");

        handle(moved(2, CHILD, OLD, NEW, HOME));

        assertThat(world.query(OPEN_WORK))
                .containsExactly(
                        "clock " + NEW,
                        "investigation " + NEW,
                        "measure " + NEW,
                        "report " + NEW,
                        "visit " + NEW + " " + NEW + "51500");
        assertThat(world.query("SELECT id FROM visit")).isEqualTo(visit);
        assertThat(world.events("VisitPlanned", "districtCode")).containsExactly(OLD, OLD, NEW, NEW);
    }

    @Test
    void theCaseFileFollows() throws SQLException {
        world.run(tx -> investigations.findsAbuse(tx, reports.by112(tx, CHILD, Urgency.URGENT)));

        handle(moved(2, CHILD, OLD, NEW, HOME));

        assertThat(world.query("SELECT district_code || ' ' || version FROM case_file"))
                .containsExactly(NEW + " 2");
    }

    @Test
    void whatIsOverStaysWhereItWas() throws SQLException {
        visits.visited(CHILD, SIBLING, VisitOutcome.SAFE, VisitOutcome.SAFE);
        world.run(tx -> investigations.findsAbuse(tx, reports.by112(tx, CHILD, Urgency.URGENT)));

        handle(moved(2, CHILD, OLD, NEW, HOME));

        assertThat(world.query("SELECT district_code FROM visit UNION ALL SELECT district_code FROM report "
                        + "UNION ALL SELECT district_code FROM investigation"))
                .containsExactly(OLD, OLD, OLD);
    }

    @Test
    void workElsewhereThanWhereTheChildLeftStays() throws SQLException {
        world.run(tx -> reports.by112(tx, CHILD, Urgency.URGENT));

        handle(moved(2, CHILD, NEW, NEWEST, HOME));

        assertThat(world.query("SELECT district_code FROM report")).containsExactly(OLD);
    }

    @Test
    void aMoveWithinTheDistrictChangesTheDong() throws SQLException {
        handle(flagged(101, CHILD, OLD));

        handle(moved(2, CHILD, OLD, TestWorld.DONG, OLD, OLD + "62500", HOME));

        assertThat(world.query("SELECT district_code || ' ' || dong_code FROM visit"))
                .containsExactly(OLD + " " + OLD + "62500");
    }

    @Test
    void aChildWhoLeavesTheHouseholdOfAnotherFlaggedChildIsVisitedInTheNewOne() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));
        handle(flagged(102, SIBLING, OLD, CHILD));

        handle(moved(2, CHILD, OLD, NEW, OTHER_HOME));

        assertThat(world.query("SELECT district_code || ' ' || household_id || ' ' || jsonb_path_query_array(children, "
                        + "'$[*] ? (exists (@.flagIds[*])).childId') FROM visit ORDER BY 1"))
                .containsExactly(
                        NEW + " " + OTHER_HOME + " [\"" + CHILD + "\"]", OLD + " " + HOME + " [\"" + SIBLING + "\"]");
    }

    @Test
    void aFlagHeardAfterItsChildLeftTheHouseholdEndsAsIfItHadBeenHeardBefore() throws SQLException {
        var left = moved(2, CHILD, OLD, NEW, OTHER_HOME);
        var orders = new EitherOrder(world.database, PLACES);

        for (var flag : List.of(flagged(101, CHILD, OLD), flagged(101, CHILD, OLD, SIBLING))) {
            var flagFirst = orders.after(List.of(flag, left), this::settles);

            assertThat(flagFirst)
                    .anyMatch(line -> line.contains(NEW + " " + OTHER_HOME)
                            && line.contains(TestWorld.id(101).toString()));
            assertThat(orders.after(List.of(left, flag), this::settles)).isEqualTo(flagFirst);
        }
    }

    @Test
    void anOnlyChildTakesItsVisitAlongAndTheHouseholdItLeftCanBeVisitedAgain() throws SQLException {
        handle(flagged(101, CHILD, OLD));
        var visit = world.query("SELECT id FROM visit");

        handle(moved(2, CHILD, OLD, NEW, OTHER_HOME));
        handle(flagged(102, SIBLING, OLD));

        assertThat(world.query("SELECT id FROM visit WHERE household_id = '" + OTHER_HOME + "'"))
                .isEqualTo(visit);
        assertThat(world.query("SELECT district_code || ' ' || ordinal FROM visit WHERE household_id = '" + HOME + "'"))
                .containsExactly(OLD + " 2");
    }

    @Test
    void whereTheNewHouseholdIsVisitedAlreadyTheChildJoins() throws SQLException {
        handle(flagged(101, CHILD, OLD));
        handle(moved(2, SIBLING, OLD, NEW, OTHER_HOME));
        handle(flagged(102, SIBLING, OLD));

        handle(moved(2, CHILD, OLD, NEW, OTHER_HOME));

        assertThat(world.query("SELECT household_id FROM visit v WHERE EXISTS (SELECT 1 FROM visit_flag f "
                        + "WHERE f.visit_id = v.id)"))
                .containsExactly(OTHER_HOME.toString());
    }

    @Test
    void aChildWhomTheOfficerMustSeeWithThePoliceIsSeenWithThemInTheNewHousehold() throws SQLException {
        visits.visited(CHILD, SIBLING, VisitOutcome.REFUSED, VisitOutcome.REFUSED);
        assertThat(world.query("SELECT kind FROM visit WHERE state = 'PLANNED'"))
                .containsExactly("JOINT_WITH_POLICE");

        handle(moved(2, SIBLING, OLD, NEW, OTHER_HOME));

        assertThat(world.query("SELECT kind || ' ' || household_id FROM visit WHERE state = 'PLANNED' ORDER BY 1"))
                .containsExactly("JOINT_WITH_POLICE " + HOME, "JOINT_WITH_POLICE " + OTHER_HOME);
    }

    @Test
    void aSiblingWhoLeavesDoesNotTakeTheVisitAlong() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));

        handle(moved(2, SIBLING, OLD, NEW, OTHER_HOME));

        assertThat(world.query("SELECT district_code FROM visit")).containsExactly(OLD);
    }

    @Test
    void theSameMoveInAnotherEventChangesNothing() throws SQLException {
        handle(flagged(101, CHILD, OLD));
        handle(moved(2, CHILD, OLD, NEW, HOME));
        handle(moved(3, CHILD, NEW, OLD, HOME));

        assertThat((Object) handle(moved(2, CHILD, OLD, NEW, HOME))).isEqualTo(Outcome.STALE);

        assertThat(world.query("SELECT district_code FROM visit")).containsExactly(OLD);
        assertThat(world.query("SELECT state || ' ' || detail FROM timeline_entry WHERE what = 'ChildMoved' "
                        + "ORDER BY seq"))
                .containsExactly("RESIDENT " + NEW, "RESIDENT " + OLD);
    }

    @Test
    void aFlagEndsInTheSamePlaceWhereverItComesAmongTheMoves() throws SQLException {
        var first = moved(2, CHILD, OLD, NEW, HOME);
        var second = moved(3, CHILD, NEW, NEWEST, HOME);
        var orders = new EitherOrder(world.database, PLACES);

        for (var district : List.of(OLD, NEW, NEWEST)) {
            var flag = flagged(101, CHILD, district, SIBLING);
            var flagFirst = orders.after(List.of(flag, first, second), this::settles);

            assertThat(flagFirst).singleElement().asString().contains("PLANNED DONG_OFFICER " + NEWEST);
            assertThat(orders.after(List.of(first, flag, second), this::settles))
                    .isEqualTo(flagFirst);
            assertThat(orders.after(List.of(first, second, flag), this::settles))
                    .isEqualTo(flagFirst);
        }
    }

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

    @Test
    void wheneverSiblingsMoveAndAreFlaggedEachFlagEndsWhereItsChildLives() throws SQLException {
        for (int seed = 0; seed < FAMILIES; seed++) {
            var family = new MovingFamily(seed);
            assertThat(alikeInAnyOrder(ANSWERS, family.events()))
                    .as("family %d", seed)
                    .isEqualTo(family.answers());
        }
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

    private static ReceivedEvent flagged(int flag, UUID child, String district, UUID... siblings) {
        return flaggedAt(flag, child, district, HOME, List.of(siblings));
    }

    private static ReceivedEvent flaggedAt(int flag, UUID child, String district, UUID household, List<UUID> siblings) {
        return event(
                child,
                new ChildFlagged(
                        TestWorld.id(flag),
                        1,
                        "FLAGGED",
                        child,
                        district,
                        dong(district),
                        household,
                        siblings,
                        null,
                        null,
                        90,
                        List.of(),
                        null,
                        false,
                        "2026.1",
                        LocalDate.of(2026, 11, 1),
                        Instant.parse("2026-11-02T00:00:00Z")));
    }

    private static ReceivedEvent moved(long version, UUID child, String from, String to, UUID household) {
        return moved(version, child, from, dong(from), to, dong(to), household);
    }

    private static String dong(String district) {
        return district.equals(OLD) ? TestWorld.DONG : district + "51500";
    }

    private static ReceivedEvent moved(
            long version, UUID child, String from, String fromDong, String to, String toDong, UUID household) {
        return event(
                child,
                new ChildMoved(
                        child,
                        version,
                        "RESIDENT",
                        to,
                        toDong,
                        from,
                        fromDong,
                        household,
                        true,
                        Instant.parse("2026-11-03T00:00:00Z")));
    }

    private static ReceivedEvent event(UUID child, Record data) {
        var type = EventTypes.of(data.getClass());
        return new ReceivedEvent(
                EventIds.next(),
                type.topic(),
                0,
                0,
                child.toString(),
                Map.of("ce_type", type.ceType()),
                Json.write(data));
    }
}
