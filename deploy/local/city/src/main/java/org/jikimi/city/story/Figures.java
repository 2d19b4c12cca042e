package org.jikimi.city.story;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the story came to, in figures. */
final class Figures {
    private Figures() {}

    static Map<String, Long> of(Facts facts) {
        var figures = new LinkedHashMap<String, Long>();
        var completed = facts.visits().stream().filter(Facts.Visit::completed).toList();
        figures.put("household visits planned", (long) facts.visits().size());
        figures.put("household visits completed", (long) completed.size());
        figures.put("children visited", children(facts).count());
        figures.put(
                "children seen",
                children(facts).filter(Facts.VisitedChild::seen).count());
        by(children(facts), Facts.VisitedChild::outcome).forEach((outcome, n) -> figures.put("outcome " + outcome, n));
        figures.put(
                "visited children linked to services",
                facts.referrals().stream()
                        .filter(referral -> !referral.visitId().isEmpty())
                        .filter(referral -> !referral.state().matches("DECLINED|EXPIRED|UNPLACED|CANCELLED"))
                        .map(Facts.Referral::childId)
                        .distinct()
                        .count());
        by(facts.reports().stream(), Facts.Report::channel)
                .forEach((channel, n) -> figures.put("reports " + channel, n));
        by(facts.reports().stream(), Facts.Report::determination)
                .forEach((what, n) -> figures.put("determinations " + (what.isEmpty() ? "still open" : what), n));
        by(facts.cases().stream(), Facts.CaseFile::state).forEach((state, n) -> figures.put("cases " + state, n));
        by(facts.referrals().stream(), Facts.Referral::state)
                .forEach((state, n) -> figures.put("referrals " + state, n));
        by(facts.places().stream(), Facts.Place::state).forEach((state, n) -> figures.put("places " + state, n));
        figures.put("alerts", (long) facts.alerts().size());
        return figures;
    }

    private static Stream<Facts.VisitedChild> children(Facts facts) {
        return facts.visits().stream().filter(Facts.Visit::completed).flatMap(visit -> visit.children().stream());
    }

    private static <T> Map<String, Long> by(Stream<T> things, Function<T, String> what) {
        return things.collect(Collectors.groupingBy(what, TreeMap::new, Collectors.counting()));
    }
}
