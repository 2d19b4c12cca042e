package org.jikimi.testkit.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import java.util.Set;

/** What all code of the platform and of the services keeps to. */
final class CodeRules {
    static final Set<String> CLOCKS = Set.of("java.time.Clock", "java.time.InstantSource");
    private static final Set<String> INJECTIONS = Set.of(
            "jakarta.inject.Inject",
            "org.eclipse.microprofile.config.inject.ConfigProperty",
            "org.eclipse.microprofile.rest.client.inject.RestClient");

    private CodeRules() {}

    static HouseRule timeComesFromTimes(String root) {
        return new HouseRule(
                "time comes from Times",
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .should()
                        .accessTargetWhere(target(DescribedPredicate.describe(
                                "that reads the machine's clock", call -> readsTheClock(call) || makesAClock(call)))));
    }

    /** For the module that makes the clock: it may take the machine's as its source, and reads it nowhere else. */
    static HouseRule timeIsReadFromASource(String root) {
        return new HouseRule(
                "time is read from a source that is given",
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .should()
                        .accessTargetWhere(target(DescribedPredicate.describe(
                                "that reads the machine's clock", CodeRules::readsTheClock))));
    }

    static HouseRule nothingIsPrinted(String root) {
        return new HouseRule(
                "nothing is printed",
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .should()
                        .accessTargetWhere(target(DescribedPredicate.describe("that prints", CodeRules::prints))));
    }

    static HouseRule thereIsOneLogger(String root) {
        return new HouseRule(
                "there is one logger, JBoss Logging",
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "java.util.logging..",
                                "org.slf4j..",
                                "org.apache.logging..",
                                "org.apache.commons.logging.."));
    }

    static HouseRule dependenciesComeThroughTheConstructor(String root) {
        return new HouseRule(
                "dependencies come through the constructor",
                noFields()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAPackage(root + "..")
                        .should()
                        .beAnnotatedWith(DescribedPredicate.describe(
                                "an annotation that injects",
                                annotation -> INJECTIONS.contains(
                                        annotation.getRawType().getName()))));
    }

    static HouseRule persistenceIsPlainSql(String root) {
        return new HouseRule(
                "transactions are values and SQL is plain",
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("jakarta.persistence..", "jakarta.transaction..", "org.hibernate.."));
    }

    /** {@code Sql.on} alone opens a handle; a Jdbi of one's own parses every statement anew. */
    static HouseRule sqlIsParsedOnce(String root) {
        return new HouseRule(
                "SQL is parsed once",
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .and()
                        .doNotHaveFullyQualifiedName("org.jikimi.runtime.db.Sql")
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("org.jdbi.v3.core.Jdbi"));
    }

    private static boolean readsTheClock(AccessTarget call) {
        var owner = call.getOwner();
        return (owner.getPackageName().startsWith("java.time") && call.getName().equals("now"))
                || (owner.getName().equals("java.time.Clock") && call.getName().startsWith("system"))
                || (owner.getName().equals("java.lang.System") && call.getName().equals("currentTimeMillis"))
                || (owner.getName().equals("java.util.Date")
                        && call.getName().equals("<init>")
                        && call instanceof CodeUnitAccessTarget constructor
                        && constructor.getRawParameterTypes().isEmpty());
    }

    private static boolean makesAClock(AccessTarget call) {
        return CLOCKS.contains(call.getOwner().getName()) && call.getName().startsWith("system");
    }

    private static boolean prints(AccessTarget target) {
        return (target.getOwner().getName().equals("java.lang.System")
                        && (target.getName().equals("out") || target.getName().equals("err")))
                || (target.getOwner().isAssignableTo(Throwable.class)
                        && target.getName().equals("printStackTrace"));
    }
}
