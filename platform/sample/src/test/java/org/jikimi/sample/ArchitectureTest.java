package org.jikimi.sample;

import java.util.stream.Stream;
import org.jikimi.testkit.architecture.HouseRules;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
    @TestFactory
    Stream<DynamicTest> theHouseRulesHold() {
        return HouseRules.ofService("org.jikimi.sample").tests();
    }
}
