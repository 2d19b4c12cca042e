package org.jikimi.testkit.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The architecture rules of a module, one test each. A rule that finds nothing to look at fails: a package was renamed,
 * or the rule is asked too early.
 *
 * <pre>{@code
 * class ArchitectureTest {
 *     @TestFactory
 *     Stream<DynamicTest> theHouseRulesHold() {
 *         return HouseRules.ofService("org.jikimi.cases").tests();
 *     }
 * }
 * }</pre>
 *
 * <p>Names tell the rules what a class is for: {@code *Resource} speaks REST; {@code *Events}, {@code *Intake} and the
 * package {@code intake} speak contracts; a record with a whole number {@code version} is an aggregate, unless it is a {@code *View} or {@code *Request}. The packages right
 * below the service's own are its features; what lies deeper is a room of the feature, closed to the others. Neither
 * features nor rooms need each other in a circle. What in the package {@code support} depends on the JDK alone is a pure
 * value, which aggregates may see.
 */
public final class HouseRules {
    private final String root;
    private final List<HouseRule> rules;

    private HouseRules(String root, List<HouseRule> rules) {
        this.root = root;
        this.rules = rules;
    }

    /**
     * The rules of a service.
     *
     * @param root its package, such as {@code org.jikimi.cases}
     */
    public static HouseRules ofService(String root) {
        return ofService(root, Map.of());
    }

    /**
     * The rules of a service, some of whose endpoints demand no {@code If-Match} or {@code Idempotency-Key}.
     *
     * @param root its package, such as {@code org.jikimi.cases}
     * @param exempt why, by endpoint, such as {@code CaseResource.plan}
     */
    public static HouseRules ofService(String root, Map<String, String> exempt) {
        return new HouseRules(root, ServiceRules.of(root, exempt));
    }

    /** The rules of {@code platform/runtime}. */
    public static HouseRules ofRuntime() {
        return new HouseRules("org.jikimi.runtime", PlatformRules.ofRuntime());
    }

    /** The rules of {@code platform/contracts}, which any module that has it on its class path can check. */
    public static HouseRules ofContracts() {
        return new HouseRules("org.jikimi.contracts", PlatformRules.ofContracts());
    }

    /** A test for each rule, over the module's classes without its tests. */
    public Stream<DynamicTest> tests() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(root);
        return tests(classes);
    }

    private Stream<DynamicTest> tests(JavaClasses classes) {
        return rules.stream()
                .map(rule ->
                        DynamicTest.dynamicTest(rule.name(), () -> rule.rule().check(classes)));
    }
}
