package org.jikimi.runtime;

import java.util.stream.Stream;
import org.jikimi.testkit.architecture.HouseRules;
import org.jikimi.testkit.migration.MigrationRules;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
    @TestFactory
    Stream<DynamicTest> theHouseRulesHold() {
        return HouseRules.ofRuntime().tests();
    }

    @TestFactory
    Stream<DynamicTest> migrationsExpandThenContract() {
        return MigrationRules.ofModule().tests();
    }
}
