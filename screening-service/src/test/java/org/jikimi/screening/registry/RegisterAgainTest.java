package org.jikimi.screening.registry;

import static org.jikimi.screening.registry.SendChildren.child;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jikimi.screening.World;
import org.jikimi.screening.batch.Receipt;
import org.jikimi.screening.batch.Reception;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The register sends all children again, most of whom are as they were. */
class RegisterAgainTest {
    /** With the transaction that wrote each row: what is written again, though alike, differs. */
    private static final List<String> ROWS = List.of(
            "SELECT id || ' ' || version || ' ' || xmin FROM child ORDER BY id",
            "SELECT child_id || ' ' || xmin FROM child_identifier ORDER BY child_id, mac",
            "SELECT id || ' ' || xmin FROM household ORDER BY id",
            "SELECT child_id || ' ' || xmin FROM child_state ORDER BY child_id",
            "SELECT subject || ' ' || xmin FROM subject_key ORDER BY subject",
            "SELECT count(*) FROM outbox");

    private static final String ONE = child("A1", "H-1", "2015-05-01");
    private static final String SIBLING = child("A2", "H-1", "2017-05-01");
    private static final String OTHER = child("B1", "H-2", "2018-05-01");

    private World world;

    @BeforeEach
    void theRegisterAsItIs() throws Exception {
        world = new World();
        SendChildren.send(world, "first", ONE + SIBLING + OTHER);
    }

    @Test
    void whatIsSentAgainCountsAsDuplicateAndLeavesVersionAndRowsAlone() throws Exception {
        var before = rows();

        var receipt = receipt("again", OTHER + ONE + SIBLING);

        assertEquals(List.of(3L, 0L, 3L, 0L), counts(receipt));
        assertEquals(before, rows());
    }

    @Test
    void besideOneThatChangedTheOthersAreStillDuplicates() throws Exception {
        var unchanged = versions("2015-05-01", "2017-05-01");

        var receipt = receipt("again", ONE + SIBLING + OTHER.replace("\"care\":\"HOME\"", "\"care\":\"SCHOOL\""));

        assertEquals(List.of(3L, 1L, 2L, 0L), counts(receipt));
        assertEquals(unchanged, versions("2015-05-01", "2017-05-01"));
        assertEquals(
                List.of("2 SCHOOL"),
                world.query("SELECT version || ' ' || care FROM child WHERE birth_date = '2018-05-01'"));
    }

    @Test
    void whatIsSaidTwiceInOneFileCountsOnce() throws Exception {
        assertEquals(
                List.of(4L, 1L, 3L, 0L),
                counts(receipt(
                        "again",
                        ONE + SIBLING + child("C1", "H-3", "2019-05-01").repeat(2))));
    }

    private List<String> rows() throws SQLException {
        var rows = new ArrayList<String>();
        for (var query : ROWS) {
            rows.addAll(world.query(query));
        }
        return rows;
    }

    private List<String> versions(String... born) throws SQLException {
        return world.query("SELECT version || ' ' || xmin FROM child WHERE birth_date IN ('%s') ORDER BY birth_date"
                .formatted(String.join("','", born)));
    }

    private Receipt receipt(String key, String lines) throws Exception {
        return assertInstanceOf(Reception.Received.class, SendChildren.send(world, key, lines))
                .receipt();
    }

    private static List<Long> counts(Receipt receipt) {
        return List.of(receipt.received(), receipt.accepted(), receipt.duplicates(), receipt.rejected());
    }
}
