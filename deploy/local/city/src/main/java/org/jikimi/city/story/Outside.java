package org.jikimi.city.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads from outside, by the public APIs and as a supervisor sees it, all that the ledger counts. */
final class Outside {
    private final Api api;
    private final Urls urls;

    Outside(Api api, Urls urls) {
        this.api = api;
        this.urls = urls;
    }

    /**
     * Looks once at everything.
     *
     * @param roundIds rounds whose flags are counted, beside the flags between rounds of which an alert or the screening
     *     service told
     * @param urgentFlagIds flags between rounds that the screening service answered with
     */
    Facts look(Collection<String> roundIds, Collection<String> urgentFlagIds) {
        List<Facts.Alert> alerts = all(urls.notification(), "alerts", Outside::alert);
        Map<String, Facts.Flag> flags = new LinkedHashMap<>();
        for (String round : roundIds) {
            for (Facts.Flag flag : all(urls.screening(), "rounds/" + round + "/flags", Outside::flag)) {
                flags.put(flag.id(), flag);
            }
        }
        urgentFlagIds.forEach(id -> flags.putIfAbsent(id, betweenRounds(id)));
        alerts.stream()
                .filter(alert -> alert.kind().equals("URGENT_FLAG"))
                .forEach(alert -> flags.putIfAbsent(alert.subjectId(), betweenRounds(alert.subjectId())));
        return new Facts(
                List.copyOf(flags.values()),
                all(urls.cases(), "visits", Outside::visit),
                all(urls.cases(), "reports", Outside::report),
                all(urls.cases(), "clocks", Outside::clock),
                all(urls.cases(), "whereabouts-checks", Outside::check),
                all(urls.cases(), "cases", Outside::caseFile),
                all(urls.referral(), "referrals", Outside::referral),
                all(urls.referral(), "placements", Outside::place),
                alerts);
    }

    private static Facts.Flag betweenRounds(String id) {
        return new Facts.Flag(id, "", "", false);
    }

    private <T> List<T> all(URI service, String path, Function<JsonNode, T> shape) {
        Map<String, T> items = new LinkedHashMap<>();
        api.each(Users.SUPERVISOR, service, path, item -> items.put(id(item), shape.apply(item)));
        return List.copyOf(items.values());
    }

    static Facts.Flag flag(JsonNode flag) {
        boolean backlog = flag.path("state").asText().equals("BACKLOG");
        return new Facts.Flag(id(flag), text(flag, "childId"), text(flag, "districtCode"), backlog);
    }

    static Facts.Visit visit(JsonNode visit) {
        return new Facts.Visit(
                id(visit),
                text(visit, "state"),
                visit.path("attempts").size(),
                list(visit.path("children"), Outside::visitedChild));
    }

    private static Facts.VisitedChild visitedChild(JsonNode child) {
        return new Facts.VisitedChild(
                text(child, "childId"),
                list(child.path("flagIds"), JsonNode::asText),
                text(child, "outcome"),
                child.path("seen").asBoolean(),
                list(child.path("needs"), need -> new Facts.Need(text(need, "code"), text(need, "basis"))));
    }

    static Facts.Report report(JsonNode report) {
        return new Facts.Report(
                id(report),
                text(report, "childId"),
                text(report, "visitId"),
                text(report, "channel"),
                text(report, "state"),
                text(report, "investigationId"),
                text(report, "determination"));
    }

    static Facts.Clock clock(JsonNode clock) {
        return new Facts.Clock(
                id(clock),
                text(clock, "clockCode"),
                text(clock, "subjectId"),
                text(clock, "childId"),
                text(clock, "state"));
    }

    static Facts.Check check(JsonNode check) {
        return new Facts.Check(
                id(check),
                text(check, "childId"),
                text(check, "state"),
                check.path("inquiries").asInt());
    }

    static Facts.CaseFile caseFile(JsonNode file) {
        return new Facts.CaseFile(
                id(file),
                text(file, "childId"),
                text(file, "investigationId"),
                text(file, "state"),
                text(file, "agencyId"));
    }

    static Facts.Referral referral(JsonNode referral) {
        return new Facts.Referral(
                id(referral),
                text(referral, "childId"),
                text(referral, "visitId"),
                text(referral, "caseId"),
                text(referral, "serviceCode"),
                text(referral, "state"));
    }

    static Facts.Place place(JsonNode place) {
        return new Facts.Place(
                id(place),
                text(place, "childId"),
                text(place, "state"),
                place.path("siblingsTogether").asBoolean());
    }

    static Facts.Alert alert(JsonNode alert) {
        return new Facts.Alert(
                id(alert),
                text(alert, "kind"),
                String.join("/", text(alert, "recipientRole"), text(alert, "districtCode"), text(alert, "agencyId")),
                text(alert, "subjectId"),
                text(alert, "state"),
                text(alert, "eventId"),
                list(alert.path("deliveries"), Outside::delivery));
    }

    private static Facts.Delivery delivery(JsonNode delivery) {
        String sent = text(delivery, "sentAt");
        return new Facts.Delivery(text(delivery, "state"), sent.isEmpty() ? null : Instant.parse(sent));
    }

    static String id(JsonNode item) {
        return text(item, "id");
    }

    private static String text(JsonNode item, String field) {
        return item.path(field).asText("");
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> shape) {
        return StreamSupport.stream(array.spliterator(), false).map(shape).toList();
    }
}
