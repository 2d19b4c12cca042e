package org.jikimi.notification;

import java.util.Map;
import java.util.stream.Stream;
import org.jikimi.testkit.architecture.HouseRules;
import org.jikimi.testkit.migration.MigrationRules;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
    @TestFactory
    Stream<DynamicTest> theHouseRulesHold() {
        return HouseRules.ofService(
                        "org.jikimi.notification",
                        Map.of(
                                "RedeliveryResource.again",
                                "it sends again and leaves the subscription as it is; it demands its key"))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> migrationsExpandThenContract() {
        return MigrationRules.ofModule().tests();
    }
}
