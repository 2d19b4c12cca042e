package org.jikimi.city.story;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jikimi.city.Script;

/** What came of the few families of the city whose story is rare, a line each. */
final class RareFamilies {
    private final Names names;

    RareFamilies(Names names) {
        this.names = names;
    }

    List<String> lines(Facts facts) {
        List<String> lines = new ArrayList<>();
        for (Script script : Script.all()) {
            Set<String> children = Set.copyOf(names.childrenOf(script));
            if (!children.isEmpty()) {
                lines.add(line(script, children, facts));
            }
        }
        return lines;
    }

    private static String line(Script script, Set<String> children, Facts facts) {
        return switch (script) {
            case SEPARATION_OF_SIBLINGS -> {
                List<Facts.Place> places = facts.places().stream()
                        .filter(place -> children.contains(place.childId()))
                        .toList();
                boolean together = !places.isEmpty() && places.stream().allMatch(Facts.Place::together);
                yield "%d siblings in danger, separated from home at once: places %s%s"
                        .formatted(
                                children.size(),
                                states(places.stream().map(Facts.Place::state)),
                                together ? ", together" : "");
            }
            case REFUSED_TWICE ->
                "a door that was refused twice: %s"
                        .formatted(visits(facts, children)
                                .map(visit -> attempts(visit.attempts()) + ", then " + outcomes(visit, children))
                                .collect(Collectors.joining("; ")));
            case NOT_FOUND ->
                "a newborn whom nobody can find: %s; the police looked %d times, and look on"
                        .formatted(
                                visits(facts, children)
                                        .map(visit -> outcomes(visit, children))
                                        .collect(Collectors.joining("; ")),
                                inquiries(facts, children));
            case FAMILY_RECOVERY ->
                "a family of %d children found to be abused, in recovery at home: cases %s"
                        .formatted(
                                children.size(),
                                states(facts.cases().stream()
                                        .filter(file -> children.contains(file.childId()))
                                        .map(Facts.CaseFile::state)));
        };
    }

    private static Stream<Facts.Visit> visits(Facts facts, Set<String> children) {
        return facts.visits().stream()
                .filter(visit -> visit.children().stream().anyMatch(child -> children.contains(child.childId())));
    }

    private static String outcomes(Facts.Visit visit, Set<String> children) {
        return states(visit.children().stream()
                .filter(child -> children.contains(child.childId()))
                .map(Facts.VisitedChild::outcome)
                .map(outcome -> outcome.isEmpty() ? "still to come" : outcome));
    }

    private static String attempts(int count) {
        return count == 1 ? "1 attempt" : count + " attempts";
    }

    private static int inquiries(Facts facts, Set<String> children) {
        return facts.checks().stream()
                .filter(Facts.Check::open)
                .filter(check -> children.contains(check.childId()))
                .mapToInt(Facts.Check::inquiries)
                .sum();
    }

    private static String states(Stream<String> states) {
        List<String> all = states.toList();
        return all.isEmpty() ? "none yet" : String.join(", ", all);
    }
}
