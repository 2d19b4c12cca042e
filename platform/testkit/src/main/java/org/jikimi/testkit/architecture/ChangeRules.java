package org.jikimi.testkit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an endpoint demands before it changes something. {@code Exchange.create} demands {@code Idempotency-Key}, {@code
 * change} demands {@code If-Match}, {@code extend} both; the endpoint calls them itself or through a method of its class.
 */
final class ChangeRules {
    private static final String REST = "org.jikimi.runtime.rest.";
    private static final String PATH = "jakarta.ws.rs.Path";
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> WITH_KEY = Set.of("Exchange.create", "Exchange.extend");
    private static final Set<String> WITH_VERSION = Set.of("Exchange.change", "Exchange.extend");

    private ChangeRules() {}

    /**
     * An endpoint demands {@code If-Match} if its path names a record or its method says that there is one; it demands
     * {@code Idempotency-Key} if it answers with what it created; any other that is not a GET demands either.
     *
     * @param exempt reasons by endpoint, such as {@code CaseResource.plan}; one that is not needed is a violation too
     */
    static HouseRule everyChangeDemandsAVersionOrAKey(String root, Map<String, String> exempt) {
        return new HouseRule(
                "every change demands If-Match, every creation Idempotency-Key",
                methods()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAPackage(root + "..")
                        .and(describe("are endpoints that change something", ChangeRules::changes))
                        .should(demandWhatFits(exempt)));
    }

    private static ArchCondition<JavaMethod> demandWhatFits(Map<String, String> exempt) {
        return new ArchCondition<>("demand If-Match or Idempotency-Key as fits") {
            private final Set<String> unneeded = new TreeSet<>();

            @Override
            public void init(Collection<JavaMethod> endpoints) {
                unneeded.addAll(exempt.keySet());
            }

            @Override
            public void check(JavaMethod endpoint, ConditionEvents events) {
                var missing = missing(endpoint);
                if (missing.isPresent() && !unneeded.remove(name(endpoint))) {
                    events.add(SimpleConditionEvent.violated(
                            endpoint, endpoint.getFullName() + " does not demand " + missing.get()));
                } else {
                    events.add(SimpleConditionEvent.satisfied(endpoint, endpoint.getFullName() + " demands what fits"));
                }
            }

            @Override
            public void finish(ConditionEvents events) {
                unneeded.forEach(name -> events.add(
                        SimpleConditionEvent.violated(name, name + " is exempt and need not be: " + exempt.get(name))));
            }
        };
    }

    private static Optional<String> missing(JavaMethod endpoint) {
        var calls = calls(endpoint);
        boolean version = calls.stream().anyMatch(WITH_VERSION::contains);
        boolean key = calls.stream().anyMatch(WITH_KEY::contains);
        if (!version && namesARecord(endpoint)) {
            return Optional.of("If-Match");
        }
        if (!key && calls.contains("Answer.created")) {
            return Optional.of("Idempotency-Key");
        }
        return version || key ? Optional.empty() : Optional.of("If-Match or Idempotency-Key");
    }

    private static boolean changes(JavaMethod method) {
        return method.getAnnotations().stream().anyMatch(ChangeRules::isChanging);
    }

    private static boolean isChanging(JavaAnnotation<?> annotation) {
        var type = annotation.getRawType();
        return type.getPackageName().equals("jakarta.ws.rs") && CHANGING.contains(type.getSimpleName());
    }

    private static boolean namesARecord(JavaMethod endpoint) {
        return !endpoint.isAnnotatedWith("jakarta.ws.rs.POST")
                || (path(endpoint.getOwner().tryGetAnnotationOfType(PATH))
                                + path(endpoint.tryGetAnnotationOfType(PATH)))
                        .contains("{");
    }

    private static String path(Optional<? extends JavaAnnotation<?>> annotation) {
        return annotation
                .flatMap(path -> path.get("value"))
                .map(String::valueOf)
                .orElse("");
    }

    /** What it calls in the platform's REST package, directly and through methods of its own class. */
    private static Set<String> calls(JavaMethod endpoint) {
        var calls = new HashSet<String>();
        collect(endpoint, new HashSet<>(), calls);
        return calls;
    }

    private static void collect(JavaCodeUnit unit, Set<JavaCodeUnit> seen, Set<String> calls) {
        if (!seen.add(unit)) {
            return;
        }
        for (var call : unit.getMethodCallsFromSelf()) {
            var owner = call.getTargetOwner();
            if (owner.getName().startsWith(REST)) {
                calls.add(owner.getSimpleName() + "." + call.getName());
            } else if (owner.equals(unit.getOwner())) {
                call.getTarget().resolveMember().ifPresent(own -> collect(own, seen, calls));
            }
        }
    }

    private static String name(JavaMethod endpoint) {
        return endpoint.getOwner().getSimpleName() + "." + endpoint.getName();
    }
}
