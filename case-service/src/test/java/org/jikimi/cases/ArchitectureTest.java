package org.jikimi.cases;

import java.util.Map;
import java.util.stream.Stream;
import org.jikimi.testkit.architecture.HouseRules;
import org.jikimi.testkit.migration.MigrationRules;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
    private static final String AN_ENTRY =
            "an entry is added to the case file and replaces nothing, so that two who write at "
                    + "once do not disturb each other; it demands its key";

    @TestFactory
    Stream<DynamicTest> theHouseRulesHold() {
        return HouseRules.ofService(
                        "org.jikimi.cases",
                        Map.of(
                                "CaseResource.plan", AN_ENTRY,
                                "CaseResource.session", AN_ENTRY,
                                "CaseResource.assess", AN_ENTRY))
                .tests();
    }

    @TestFactory
    Stream<DynamicTest> migrationsExpandThenContract() {
        return MigrationRules.ofModule().tests();
    }
}
