package org.jikimi.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the databases disagree on, by child or other key of events. Holds pseudonyms and event types alone. */
final class Findings {
    /** How an event can be out of joint. */
    enum Kind {
        LOST("lost by"),
        NOT_APPLIED("not applied by"),
        PARKED("parked by");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private record What(Kind kind, Service service) {}

    private final Map<String, Map<What, Map<String, Integer>>> byKey = new TreeMap<>();

    /**
     * @param key pseudonym of a child, or id of what the event is about
     * @param type of the event
     */
    void add(String key, Kind kind, Service service, String type) {
        byKey.computeIfAbsent(key, none -> new LinkedHashMap<>())
                .computeIfAbsent(new What(kind, service), none -> new TreeMap<>())
                .merge(type, 1, Integer::sum);
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    /** How many children, or other keys, have a line. */
    int children() {
        return byKey.size();
    }

    /** A line for each key: {@code KEY  lost by case: AbuseReported, VisitAttempted 2; parked by referral: CaseOpened}. */
    List<String> lines() {
        return byKey.entrySet().stream()
                .map(child -> child.getKey() + "  "
                        + child.getValue().entrySet().stream()
                                .map(Findings::told)
                                .collect(Collectors.joining("; ")))
                .toList();
    }

    /** {@code children: 2; events lost: 3, not applied: 0, parked: 1}. */
    String totals() {
        return "children: %,d; events lost: %,d, not applied: %,d, parked: %,d"
                .formatted(byKey.size(), count(Kind.LOST), count(Kind.NOT_APPLIED), count(Kind.PARKED));
    }

    private static String told(Map.Entry<What, Map<String, Integer>> found) {
        return found.getKey().kind().words + " " + found.getKey().service().key() + ": "
                + found.getValue().entrySet().stream()
                        .map(type -> type.getValue() == 1 ? type.getKey() : type.getKey() + " " + type.getValue())
                        .collect(Collectors.joining(", "));
    }

    private int count(Kind kind) {
        return byKey.values().stream()
                .flatMap(found -> found.entrySet().stream())
                .filter(found -> found.getKey().kind() == kind)
                .flatMap(found -> found.getValue().values().stream())
                .mapToInt(Integer::intValue)
                .sum();
    }
}
