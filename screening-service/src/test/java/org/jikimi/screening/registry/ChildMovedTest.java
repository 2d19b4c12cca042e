package org.jikimi.screening.registry;

import static org.jikimi.screening.registry.SendChildren.child;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jikimi.screening.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the register says of where children live is told where it changes. */
class ChildMovedTest {
    private static final String NEW_DONG = "1111051500";

    private World world;

    @BeforeEach
    void start() throws Exception {
        world = new World();
        SendChildren.send(world, "before", child("A1", "H-1", "2015-05-01") + child("A2", "H-1", "2017-05-01"));
    }

    @Test
    void aChildWhoMovesIsToldOfWithTheNextVersionAndItsNewHousehold() throws Exception {
        SendChildren.send(world, "after", at("A1", "H-2", NEW_DONG) + child("A2", "H-1", "2017-05-01"));

        assertEquals(List.of("2"), told("version"));
        assertEquals(List.of("11110"), told("districtCode"));
        assertEquals(List.of(NEW_DONG), told("dongCode"));
        assertEquals(List.of("11350"), told("fromDistrictCode"));
        assertEquals(List.of(World.DONG), told("fromDongCode"));
        assertEquals(world.query("SELECT household_id FROM child WHERE district_code = '11110'"), told("householdId"));
        assertEquals(
                world.query("SELECT id FROM child WHERE district_code = '11110'"),
                world.query("SELECT key FROM outbox WHERE type = 'ChildMoved'"));
    }

    @Test
    void whatElseChangesOfAChildIsNoMove() throws Exception {
        SendChildren.send(world, "after", child("A1", "H-2", "2015-05-01", "SINGLE_PARENT", World.DONG, "SCHOOL"));

        assertEquals(List.of(), told("version"));
    }

    @Test
    void aNewChildHasNotMoved() throws Exception {
        SendChildren.send(world, "after", at("A3", "H-1", NEW_DONG));

        assertEquals(List.of(), told("version"));
    }

    @Test
    void ofTwoLinesAboutAChildInOneFileTheLastTellsWhereItLives() throws Exception {
        SendChildren.send(world, "after", at("A1", "H-1", "1168051500") + at("A1", "H-1", NEW_DONG));

        assertEquals(List.of("11110"), told("districtCode"));
    }

    @Test
    void aMoveTellsWhetherSomebodyWorksForTheChild() throws Exception {
        world.execute(
                "INSERT INTO open_work SELECT id, 'VISIT', id, 1, true FROM child WHERE birth_date = '2015-05-01'");

        SendChildren.send(world, "after", at("A1", "H-1", NEW_DONG));
        SendChildren.send(world, "after that", child("A2", "H-1", "2017-05-01", "TWO_PARENT", NEW_DONG, "HOME"));

        assertEquals(List.of("true", "false"), told("openWork"));
    }

    @Test
    void aWholeChunkOfChildrenMayMoveAtOnce() throws Exception {
        SendChildren.send(world, "many", many(World.DONG));

        SendChildren.send(world, "all move", many(NEW_DONG));

        assertEquals(List.of("10000"), world.query("SELECT count(DISTINCT key) FROM outbox WHERE type = 'ChildMoved'"));
    }

    private static String many(String dong) {
        return IntStream.range(0, 10_000)
                .mapToObj(number -> child("M" + number, "M-" + number, "2015-05-01", "TWO_PARENT", dong, "HOME"))
                .collect(Collectors.joining());
    }

    private static String at(String number, String household, String dong) {
        return child(number, household, "2015-05-01", "TWO_PARENT", dong, "HOME");
    }

    private List<String> told(String field) throws Exception {
        return world.query("SELECT convert_from(payload, 'UTF8')::jsonb ->> '" + field
                + "' FROM outbox WHERE type = 'ChildMoved' ORDER BY seq");
    }
}
