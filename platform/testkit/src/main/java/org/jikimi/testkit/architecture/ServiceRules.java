package org.jikimi.testkit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** What a service keeps to, beside {@link CodeRules}. */
final class ServiceRules {
    private static final Set<String> HTTP_METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
    private static final Set<String> PERMISSIONS = Set.of(
            "jakarta.annotation.security.RolesAllowed",
            "jakarta.annotation.security.PermitAll",
            "io.quarkus.security.Authenticated");
    private static final Set<String> VERSIONS = Set.of("int", "long");
    private static final Pattern CONTRACT_RECORDS = Pattern.compile("org\\.jikimi\\.contracts\\.[a-z]+\\.v\\d+");

    private ServiceRules() {}

    static List<HouseRule> of(String root, Map<String, String> exempt) {
        return List.of(
                aggregatesSeeTheirOwnFeatureAlone(root),
                onlyResourcesSpeakRest(root),
                contractsStayAtTheEdge(root),
                featuresFormNoCycle(root),
                roomsFormNoCycle(root),
                roomsAreClosedToOtherFeatures(root),
                everyEndpointSaysWhoMayCallIt(root),
                parametersOfAddressesMayBeAbsent(root),
                ChangeRules.everyChangeDemandsAVersionOrAKey(root, exempt),
                servicesNeverDependOnEachOther(root),
                CodeRules.timeComesFromTimes(root),
                CodeRules.nothingIsPrinted(root),
                CodeRules.thereIsOneLogger(root),
                CodeRules.dependenciesComeThroughTheConstructor(root),
                CodeRules.persistenceIsPlainSql(root),
                CodeRules.sqlIsParsedOnce(root));
    }

    static HouseRule aggregatesSeeTheirOwnFeatureAlone(String root) {
        return new HouseRule(
                "aggregates see the JDK without SQL and clocks, jspecify, their own feature and pure values",
                classes()
                        .that(describe("are aggregates", type -> isAggregate(root, type)))
                        .should(dependOnlyWhere(
                                "see only that",
                                (from, to) -> isFoundation(to)
                                        || isPureValue(root, to, new HashSet<>())
                                        || (resideInAPackage(root + "..").test(to)
                                                && feature(root, from).equals(feature(root, to))))));
    }

    static HouseRule onlyResourcesSpeakRest(String root) {
        return new HouseRule(
                "only resources speak REST",
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .and(not(named("Resource")))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("jakarta.ws.rs.."));
    }

    static HouseRule contractsStayAtTheEdge(String root) {
        return new HouseRule(
                "contract records stay in the intake and in classes named Events or Intake",
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .and(not(resideInAPackage(root + ".intake..")))
                        .and(not(named("Events").or(named("Intake"))))
                        .should()
                        .dependOnClassesThat(describe(
                                "are contract records",
                                type -> CONTRACT_RECORDS
                                        .matcher(type.getPackageName())
                                        .matches())));
    }

    static HouseRule featuresFormNoCycle(String root) {
        return new HouseRule(
                "features form no cycle",
                slices().matching(root + ".(*)..").should().beFreeOfCycles());
    }

    /** A feature's own package counts as one of its rooms. */
    static HouseRule roomsFormNoCycle(String root) {
        return new HouseRule(
                "rooms form no cycle",
                slices().matching(root + ".(**)").should().beFreeOfCycles());
    }

    static HouseRule roomsAreClosedToOtherFeatures(String root) {
        return new HouseRule(
                "features meet through public types, not in each other's rooms",
                classes()
                        .that()
                        .resideInAPackage(root + ".*..")
                        .should(dependOnlyWhere(
                                "stay out of other features' rooms",
                                (from, to) -> !isInARoom(root, to)
                                        || feature(root, from).equals(feature(root, to)))));
    }

    static HouseRule everyEndpointSaysWhoMayCallIt(String root) {
        return new HouseRule(
                "every endpoint says who may call it",
                methods()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAPackage(root + "..")
                        .and(describe("are endpoints", ServiceRules::isEndpoint))
                        .should(sayWhoMayCall()));
    }

    /** Of a primitive the framework makes something, whatever stands in the address; others are refused by their name. */
    static HouseRule parametersOfAddressesMayBeAbsent(String root) {
        return new HouseRule(
                "what an address may tell is no primitive",
                methods()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAPackage(root + "..")
                        .and(describe("are endpoints", ServiceRules::isEndpoint))
                        .should(takeNoPrimitive()));
    }

    private static ArchCondition<JavaMethod> takeNoPrimitive() {
        return new ArchCondition<>("take no primitive") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean does = method.getRawParameterTypes().stream().anyMatch(JavaClass::isPrimitive);
                events.add(new SimpleConditionEvent(method, !does, method.getFullName() + " takes a primitive"));
            }
        };
    }

    static HouseRule servicesNeverDependOnEachOther(String root) {
        return new HouseRule(
                "services never depend on each other",
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .should()
                        .dependOnClassesThat(jikimiOutside(root, PlatformRules.RUNTIME, PlatformRules.CONTRACTS)));
    }

    static DescribedPredicate<JavaClass> jikimiOutside(String... packages) {
        var allowed = new String[packages.length];
        for (int n = 0; n < packages.length; n++) {
            allowed[n] = packages[n] + "..";
        }
        return resideInAPackage("org.jikimi..").and(not(resideInAnyPackage(allowed)));
    }

    /** Nested classes count as the class they are nested in. */
    private static DescribedPredicate<JavaClass> named(String ending) {
        return describe(
                "named *" + ending, type -> outermost(type).getSimpleName().endsWith(ending));
    }

    private static JavaClass outermost(JavaClass type) {
        var outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    private static boolean isAggregate(String root, JavaClass type) {
        return resideInAPackage(root + "..").test(type)
                && type.isRecord()
                && type.tryGetField("version")
                        .filter(version ->
                                VERSIONS.contains(version.getRawType().getName()))
                        .isPresent()
                && !type.getSimpleName().endsWith("View")
                && !type.getSimpleName().endsWith("Request");
    }

    private static boolean isFoundation(JavaClass type) {
        return resideInAnyPackage("java..", "org.jspecify..")
                .and(not(resideInAPackage("java.sql..")))
                .and(not(describe("are clocks", clock -> CodeRules.CLOCKS.contains(clock.getName()))))
                .test(type);
    }

    /**
     * A type of the service's {@code support}, or of the platform's calendar, that itself sees nothing but the JDK,
     * jspecify and other pure values: whatever else lies there stays out of aggregates without being listed.
     */
    private static boolean isPureValue(String root, JavaClass type, Set<JavaClass> seen) {
        if (!resideInAnyPackage(root + ".support", PlatformRules.RUNTIME + ".time")
                .test(type)) {
            return false;
        }
        return !seen.add(type)
                || type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .allMatch(to -> to.isPrimitive() || isFoundation(to) || isPureValue(root, to, seen));
    }

    private static boolean isEndpoint(JavaMethod method) {
        return method.getAnnotations().stream()
                .map(annotation -> annotation.getRawType())
                .anyMatch(type ->
                        type.getPackageName().equals("jakarta.ws.rs") && HTTP_METHODS.contains(type.getSimpleName()));
    }

    private static ArchCondition<JavaMethod> sayWhoMayCall() {
        return new ArchCondition<>("carry @RolesAllowed, @PermitAll or @Authenticated") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                var says = method.getAnnotations().stream()
                        .anyMatch(annotation ->
                                PERMISSIONS.contains(annotation.getRawType().getName()));
                events.add(new SimpleConditionEvent(
                        method, says, method.getFullName() + (says ? " says" : " does not say") + " who may call it"));
            }
        };
    }

    private static ArchCondition<JavaClass> dependOnlyWhere(
            String description, BiPredicate<JavaClass, JavaClass> allowed) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    var to = dependency.getTargetClass().getBaseComponentType();
                    events.add(new SimpleConditionEvent(
                            dependency, to.isPrimitive() || allowed.test(type, to), dependency.getDescription()));
                }
            }
        };
    }

    /** The package right below the service's own; empty outside and in the service's own. */
    private static String feature(String root, JavaClass type) {
        return below(root, type).split("\\.", 2)[0];
    }

    private static boolean isInARoom(String root, JavaClass type) {
        return below(root, type).contains(".");
    }

    private static String below(String root, JavaClass type) {
        var name = type.getPackageName();
        return name.startsWith(root + ".") ? name.substring(root.length() + 1) : "";
    }
}
