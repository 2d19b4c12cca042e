package org.jikimi.testkit.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.List;

/** What runtime and contracts keep to. */
final class PlatformRules {
    static final String RUNTIME = "org.jikimi.runtime";
    static final String CONTRACTS = "org.jikimi.contracts";

    private PlatformRules() {}

    static List<HouseRule> ofRuntime() {
        return List.of(
                runtimeKnowsNoContractAndNoService(),
                CodeRules.timeIsReadFromASource(RUNTIME),
                CodeRules.nothingIsPrinted(RUNTIME),
                CodeRules.thereIsOneLogger(RUNTIME),
                CodeRules.dependenciesComeThroughTheConstructor(RUNTIME),
                CodeRules.persistenceIsPlainSql(RUNTIME),
                CodeRules.sqlIsParsedOnce(RUNTIME));
    }

    static List<HouseRule> ofContracts() {
        return List.of(contractsKnowTheJdkAlone());
    }

    static HouseRule runtimeKnowsNoContractAndNoService() {
        return new HouseRule(
                "runtime knows no contract and no service",
                noClasses()
                        .that()
                        .resideInAPackage(RUNTIME + "..")
                        .should()
                        .dependOnClassesThat(ServiceRules.jikimiOutside(RUNTIME)));
    }

    static HouseRule contractsKnowTheJdkAlone() {
        return new HouseRule(
                "contracts know the JDK alone",
                classes()
                        .that()
                        .resideInAPackage(CONTRACTS + "..")
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage("java..", CONTRACTS + ".."));
    }
}
