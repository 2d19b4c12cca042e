package org.jikimi.testkit.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HouseRulesTest {
    private static final String SERVICE = "org.jikimi.planted";

    /** A service that keeps to all rules. */
    private static final List<String> SOUND_SERVICE = List.of(
            "package org.jikimi.planted.visit; public record Visit(int version, java.util.List<String> notes, byte[] seal,"
                    + " Result result, org.jikimi.planted.support.Ruling ruling) { enum Result { SAFE }"
                    + " Object due() { return org.jikimi.runtime.time.Seoul.DAY; } }",
            "package org.jikimi.planted.visit; public record VisitView(int version, org.jikimi.planted.child.Child child) {}",
            "package org.jikimi.planted.visit; public record Edition(String version, org.jikimi.planted.child.Child child) {}",
            "package org.jikimi.planted.visit; class VisitResource { @jakarta.ws.rs.GET"
                    + " @jakarta.annotation.security.RolesAllowed(\"officer\") public void show() {} }",
            resource(
                    "Plan",
                    "POST",
                    "\"\"",
                    "add(); } private void add() { exchange.create(() -> org.jikimi.runtime.rest.Answer.created());"),
            resource(
                    "Attempt",
                    "POST",
                    "\"{id}/attempts\"",
                    "exchange.extend(() -> org.jikimi.runtime.rest.Answer.created());"),
            resource("Closure", "POST", "\"{id}/closure\"", "exchange.change(() -> {});"),
            resource("Capacity", "POST", "\"capacities\"", "exchange.change(() -> {});"),
            "package org.jikimi.planted.visit; class VisitEvents { org.jikimi.contracts.cases.v1.CaseOpened event; }",
            "package org.jikimi.planted.visit; class Visits { org.jikimi.planted.visit.model.Rule rule;"
                    + " org.jikimi.contracts.EventTypes types; @jakarta.inject.Inject Visits() {} }",
            "package org.jikimi.planted.visit.model; public class Rule { java.time.Instant at; }",
            "package org.jikimi.planted.intake; class Dispatch { org.jikimi.contracts.cases.v1.CaseOpened event; }",
            "package org.jikimi.planted.child; public interface Child {}",
            "package org.jikimi.planted.support; public record Ruling(Rule broken, Ruling[] others) {}",
            "package org.jikimi.planted.support; public interface Rule { Ruling breach(); }",
            "package org.jikimi.planted.support; public class Rows { java.sql.ResultSet rows;"
                    + " public class Row {} }",
            "package org.jikimi.planted.support; public record Detour(Ruling ruling, Rows rows) {}",
            "package org.jikimi.runtime.db; public class Sql { Object handle = org.jdbi.v3.core.Jdbi.open(); }",
            "package org.jikimi.runtime.time; public class Seoul {"
                    + " public static final Object DAY = java.time.ZoneOffset.UTC; }",
            "package org.jikimi.runtime.time; public class Times {"
                    + " java.time.InstantSource source = java.time.InstantSource.system(); }");

    @TempDir
    Path directory = Path.of("");

    /** A rule and what it must not let pass. */
    record Violation(HouseRule rule, String source) {
        @Override
        public String toString() {
            return rule.name() + ": " + source;
        }
    }

    static Stream<Violation> violations() {
        return Stream.of(
                        inService(
                                ServiceRules.aggregatesSeeTheirOwnFeatureAlone(SERVICE),
                                "record Bad(long version, org.jikimi.planted.child.Child child) {}",
                                "record Bad(long version, java.util.List<org.jikimi.planted.child.Child> children) {}",
                                "record Bad(long version) { void save(java.sql.Connection tx) {} }",
                                "record Bad(long version) { void show(jakarta.ws.rs.GET get) {} }",
                                "record Bad(long version, java.time.InstantSource clock) {}",
                                "record Bad(long version, org.jikimi.runtime.time.Times times) {}",
                                "record Bad(long version, org.jikimi.planted.support.Rows rows) {}",
                                "record Bad(long version, org.jikimi.planted.support.Rows.Row row) {}",
                                "record Bad(long version, org.jikimi.planted.support.Detour detour) {}"),
                        inService(
                                ServiceRules.onlyResourcesSpeakRest(SERVICE),
                                "class Bad { @jakarta.ws.rs.GET void show() {} }",
                                "class Bad { class InnerResource { jakarta.ws.rs.GET get; } }"),
                        inService(
                                ServiceRules.contractsStayAtTheEdge(SERVICE),
                                "class Bad { org.jikimi.contracts.cases.v1.CaseOpened event; }"),
                        Stream.of(
                                new Violation(
                                        ServiceRules.featuresFormNoCycle(SERVICE),
                                        "package org.jikimi.planted.child; public class Bad { org.jikimi.planted.visit.Visit visit; }")),
                        Stream.of(
                                new Violation(
                                        ServiceRules.roomsFormNoCycle(SERVICE),
                                        "package org.jikimi.planted.visit.model; class Bad { org.jikimi.planted.visit.Visit visit; }")),
                        Stream.of(
                                new Violation(
                                        ServiceRules.roomsAreClosedToOtherFeatures(SERVICE),
                                        "package org.jikimi.planted.child; class Bad { org.jikimi.planted.visit.model.Rule rule; }")),
                        inService(
                                ServiceRules.everyEndpointSaysWhoMayCallIt(SERVICE),
                                "class BadResource { @jakarta.ws.rs.GET void show() {} }",
                                "@jakarta.annotation.security.RolesAllowed(\"x\")"
                                        + " class BadResource { @jakarta.ws.rs.GET void show() {} }"),
                        inService(
                                ServiceRules.parametersOfAddressesMayBeAbsent(SERVICE),
                                "class BadResource { @jakarta.ws.rs.GET void show(boolean open) {} }"),
                        Stream.of(
                                        resource("Bad", "POST", "\"\"", ""),
                                        resource("Bad", "POST", "\"\"", "exchange.read(() -> {});"),
                                        resource("Bad", "POST", "\"{id}/closure\"", "exchange.create(() -> {});"),
                                        resource("Bad", "DELETE", "\"last\"", "exchange.create(() -> {});"),
                                        resource(
                                                "Bad",
                                                "POST",
                                                "\"{id}/attempts\"",
                                                "exchange.change(() -> org.jikimi.runtime.rest.Answer.created());"))
                                .map(source -> new Violation(
                                        ChangeRules.everyChangeDemandsAVersionOrAKey(SERVICE, Map.of()), source)),
                        Stream.of(new Violation(
                                ChangeRules.everyChangeDemandsAVersionOrAKey(
                                        SERVICE, Map.of("BadResource.act", "it needs none")),
                                resource("Bad", "POST", "\"{id}/closure\"", "exchange.change(() -> {});"))),
                        inService(
                                ServiceRules.servicesNeverDependOnEachOther(SERVICE),
                                "class Bad { org.jikimi.other.round.OpenRound open; }"),
                        inService(
                                CodeRules.timeComesFromTimes(SERVICE),
                                "class Bad { Object at = java.time.Instant.now(); }",
                                "class Bad { java.util.function.Supplier<?> at = java.time.Instant::now; }",
                                "class Bad { Object on = java.time.LocalDate.now(); }",
                                "class Bad { Object at = java.time.OffsetDateTime.now(java.time.ZoneOffset.UTC); }",
                                "class Bad { Object clock = java.time.Clock.systemUTC(); }",
                                "class Bad { Object clock = java.time.InstantSource.system(); }",
                                "class Bad { long at = System.currentTimeMillis(); }",
                                "class Bad { Object at = new java.util.Date(); }"),
                        inService(
                                CodeRules.nothingIsPrinted(SERVICE),
                                "class Bad { void f() { System.out.println(); } }",
                                "class Bad { Object stream = System.err; }",
                                "class Bad { void f(Exception e) { e.printStackTrace(); } }"),
                        inService(
                                CodeRules.thereIsOneLogger(SERVICE),
                                "class Bad { Object log = java.util.logging.Logger.getLogger(\"\"); }",
                                "class Bad { org.slf4j.Logger log; }"),
                        inService(
                                CodeRules.dependenciesComeThroughTheConstructor(SERVICE),
                                "class Bad { @jakarta.inject.Inject Visits visits; }"),
                        inService(CodeRules.persistenceIsPlainSql(SERVICE), "@jakarta.persistence.Entity class Bad {}"),
                        inService(
                                CodeRules.sqlIsParsedOnce(SERVICE),
                                "class Bad { Object handle = org.jdbi.v3.core.Jdbi.open(); }"),
                        inRuntime(
                                PlatformRules.runtimeKnowsNoContractAndNoService(),
                                "class Bad { org.jikimi.contracts.EventTypes types; }",
                                "class Bad { org.jikimi.planted.child.Child child; }"),
                        inRuntime(
                                CodeRules.timeIsReadFromASource(PlatformRules.RUNTIME),
                                "class Bad { Object at = java.time.Instant.now(); }",
                                "class Bad { long at = System.currentTimeMillis(); }"),
                        Stream.of(new Violation(
                                PlatformRules.contractsKnowTheJdkAlone(),
                                "package org.jikimi.contracts.cases.v1; class Bad { jakarta.inject.Inject inject; }")))
                .flatMap(violations -> violations);
    }

    @ParameterizedTest
    @MethodSource("violations")
    void aRuleSeesItsViolation(Violation violation) {
        var sources = new ArrayList<>(SOUND_SERVICE);
        sources.add(violation.source());

        assertThatThrownBy(() -> violation.rule().rule().check(Planted.classes(directory, sources)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Bad");
    }

    @Test
    void whatIsExemptForAReasonPasses() {
        var sources = new ArrayList<>(SOUND_SERVICE);
        sources.add(resource("Bad", "POST", "\"\"", ""));
        var rule = ChangeRules.everyChangeDemandsAVersionOrAKey(SERVICE, Map.of("BadResource.act", "it only reads"));

        var classes = Planted.classes(directory, sources);

        assertThatCode(() -> rule.rule().check(classes)).doesNotThrowAnyException();
    }

    @Test
    void whatKeepsToTheRulesPassesThemAll() {
        var classes = Planted.classes(directory, SOUND_SERVICE);

        assertThat(all())
                .allSatisfy(
                        rule -> assertThatCode(() -> rule.rule().check(classes)).doesNotThrowAnyException());
    }

    @Test
    void aRuleThatFindsNothingToLookAtFails() {
        var elsewhere = Planted.classes(directory, List.of("package org.elsewhere; class Other {}"))
                .that(resideInAPackage("org.elsewhere"));

        assertThat(all())
                .allSatisfy(rule -> assertThatThrownBy(() -> rule.rule().check(elsewhere))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("failed to check any classes"));
    }

    @Test
    void noRuleIsWithoutItsViolation() {
        var shown = new HashSet<String>();
        violations().forEach(violation -> shown.add(violation.rule().name()));

        assertThat(all()).extracting(HouseRule::name).isSubsetOf(shown);
    }

    private static List<HouseRule> all() {
        var all = new ArrayList<>(ServiceRules.of(SERVICE, Map.of()));
        all.addAll(PlatformRules.ofRuntime());
        all.addAll(PlatformRules.ofContracts());
        return all;
    }

    /** A resource with one endpoint, {@code act}. */
    private static String resource(String name, String method, String path, String body) {
        return "package org.jikimi.planted.visit; @jakarta.ws.rs.Path(\"visits\") class " + name + "Resource {"
                + " org.jikimi.runtime.rest.Exchange exchange; @jakarta.ws.rs." + method + " @jakarta.ws.rs.Path("
                + path
                + ") @jakarta.annotation.security.RolesAllowed(\"officer\") public void act() { " + body + " } }";
    }

    private static Stream<Violation> inService(HouseRule rule, String... sources) {
        return Stream.of(sources).map(source -> new Violation(rule, "package org.jikimi.planted.visit; " + source));
    }

    private static Stream<Violation> inRuntime(HouseRule rule, String... sources) {
        return Stream.of(sources).map(source -> new Violation(rule, "package org.jikimi.runtime.rest; " + source));
    }
}
