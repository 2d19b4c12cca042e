package org.jikimi.screening;

import java.util.Map;
import java.util.stream.Stream;
import org.jikimi.testkit.architecture.HouseRules;
import org.jikimi.testkit.migration.MigrationRules;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
    private static final String A_BATCH =
            "a batch is streamed in many transactions; BatchResource demands the key, which names " + "it for ever";

    @TestFactory
    Stream<DynamicTest> theHouseRulesHold() {
        return HouseRules.ofService(
                        "org.jikimi.screening",
                        Map.of(
                                "SignalBatchResource.send",
                                A_BATCH,
                                "ChildBatchResource.send",
                                A_BATCH,
                                "ChildResource.disclose",
                                "it only reads, by POST so that ids and purpose stay out of addresses",
                                "RightsResource.register",
                                "it adds a request with a key of its own, and changes nothing of the child"))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> migrationsExpandThenContract() {
        return MigrationRules.ofModule().tests();
    }
}
