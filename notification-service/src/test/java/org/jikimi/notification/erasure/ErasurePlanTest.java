package org.jikimi.notification.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jikimi.notification.TestDatabase;
import org.jikimi.testkit.QueryPlans;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An erasure holds up the other events of its consumer no longer than what is kept of the child takes. */
class ErasurePlanTest {
    private static final String IDS = "ARRAY['0197e5a0-0000-7000-8000-000000000001'::uuid]";

    private static DataSource database;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
    }

    static Stream<String> statements() {
        return Stream.of(EraseChild.ALERTS, List.of(EraseChild.DELIVERIES), EraseChild.STEPS)
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("statements")
    void noTableIsReadAsAWhole(String statement) throws SQLException {
        assertThat(QueryPlans.readAsAWhole(database, filled(statement)))
                .as(statement)
                .isEmpty();
    }

    private static String filled(String statement) {
        return statement.replace(":ids", IDS).replace(":alerts", IDS);
    }
}
