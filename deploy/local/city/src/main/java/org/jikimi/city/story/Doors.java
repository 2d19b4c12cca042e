package org.jikimi.city.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.jikimi.city.District;
import org.jikimi.city.Script;
import org.jikimi.city.Truth;
import org.jspecify.annotations.Nullable;

/** The dong officers go from door to door, the most urgent first, and write down what they found. */
final class Doors {
    private static final double NOBODY_HOME = 0.15;
    private static final double SUSPICION_IF_ABUSED = 0.9;
    private static final double NEED_NOTICED = 0.95;
    private static final double HELP_DECLINED = 0.12;
    private static final double ABROAD = 0.004;
    private static final double BIRTH_REGISTERED = 0.8;
    private static final double RAISED_BY_PARENTS = 0.9;
    /** A door that stays shut twice is opened, or reported, the third time. */
    private static final int MOST_ATTEMPTS = 3;

    private static final List<String> NEEDS =
            List.of("LIVELIHOOD_SUPPORT", "HEALTH_SUPPORT", "CHILDCARE_SUPPORT", "DREAM_START");

    private final Stage stage;
    private final Names names;
    private final URI cases;

    Doors(Stage stage, Names names) {
        this.stage = stage;
        this.names = names;
        this.cases = stage.urls().cases();
    }

    /**
     * Works off a share of each officer's open visits: all of them divided by the weeks that are left. In the last week
     * they come back to doors that stayed shut.
     *
     * @return doors knocked on
     */
    int week(int weeksLeft) {
        var knocks = new AtomicInteger();
        stage.inEachDistrict(district -> {
            int times = weeksLeft == 1 ? MOST_ATTEMPTS : 1;
            for (int i = 0; i < times; i++) {
                knocks.addAndGet(workOff(district, weeksLeft));
            }
        });
        return knocks.get();
    }

    private int workOff(District district, int weeksLeft) {
        String officer = "officer-" + district.code();
        List<JsonNode> open = stage.all(officer, cases, "visits").stream()
                .filter(visit -> visit.path("state").asText().matches("PLANNED|ATTEMPTED"))
                .sorted(Comparator.comparing(
                                (JsonNode visit) -> !visit.path("urgent").asBoolean())
                        .thenComparing(visit -> visit.path("dueOn").asText())
                        .thenComparing(visit -> visit.path("id").asText()))
                .toList();
        int today = (open.size() + weeksLeft - 1) / weeksLeft;
        for (JsonNode visit : open.subList(0, today)) {
            knock(officer, visit);
        }
        return today;
    }

    private void knock(String officer, JsonNode planned) {
        String id = planned.path("id").asText();
        List<String> children = children(planned);
        names.learn(officer, "HOME_VISIT", children);
        String name = names.of(children.getFirst());
        Script script = stage.city().scriptOf(name);
        int attempts = planned.path("attempts").size();
        if (script == Script.REFUSED_TWICE && attempts < 2) {
            attempt(officer, id, attempts + 1, "REFUSED");
            return;
        }
        if (script == Script.NOT_FOUND && attempts < 2) {
            attempt(officer, id, attempts + 1, attempts == 0 ? "NO_ANSWER" : "NOT_FOUND");
            return;
        }
        if (attempts == 0 && script == null && stage.city().chance(name, "nobody home") < NOBODY_HOME) {
            attempt(officer, id, 1, "NO_ANSWER");
        }
        complete(officer, id, children, script);
    }

    private void attempt(String officer, String visitId, int number, String result) {
        String path = "visits/" + visitId;
        String etag = stage.api().get(officer, cases, path).etag();
        stage.api()
                .change(
                        officer,
                        cases,
                        path + "/attempts",
                        stage.key("attempt-" + visitId + '-' + number),
                        etag,
                        Stage.body().put("result", result))
                .orFail("an attempt to visit");
        stage.add("visit attempts without success", 1);
    }

    private void complete(String officer, String visitId, List<String> children, @Nullable Script script) {
        String path = "visits/" + visitId;
        String etag = stage.api().get(officer, cases, path).etag();
        var body = Stage.body();
        var results = body.putArray("children");
        for (String child : children) {
            results.add(result(child, script));
        }
        stage.api()
                .change(officer, cases, path + "/completion", stage.key("completion-" + visitId), etag, body)
                .orFail("the completion of a visit");
    }

    private ObjectNode result(String childId, @Nullable Script script) {
        String name = names.of(childId);
        Truth truth = stage.city().truthOf(name);
        var result = Stage.body().put("childId", childId);
        String outcome = outcome(name, truth, script);
        boolean seen = !outcome.equals("UNLOCATED") && !outcome.equals("ABROAD");
        result.put("outcome", outcome)
                .put("seen", seen)
                .put("seenAlone", seen && stage.city().chance(name, "seen alone") < 0.7);
        if (seen && stage.city().hasTemporaryNumber(name)) {
            registration(name, result);
        }
        var needs = result.putArray("needs");
        if (outcome.equals("WELFARE_NEED")) {
            int which = (int) (stage.city().chance(name, "which need") * NEEDS.size());
            boolean declined = stage.city().chance(name, "help declined") < HELP_DECLINED;
            needs.addObject().put("code", NEEDS.get(which)).put("basis", declined ? "DECLINED" : "CONSENT");
        }
        return result;
    }

    /** What a visit to a child without a resident number finds out about it. */
    private void registration(String name, ObjectNode result) {
        boolean registered = stage.city().chance(name, "registered") < BIRTH_REGISTERED;
        result.put("birthRegistration", registered ? "REGISTERED" : "PLANNED");
        if (!registered) {
            result.put("registrationDelay", "PROCEDURE_UNDER_WAY");
        }
        result.put("careSetting", stage.city().chance(name, "care setting") < RAISED_BY_PARENTS ? "HOME" : "ADOPTED");
    }

    private String outcome(String name, @Nullable Truth truth, @Nullable Script script) {
        if (script == Script.NOT_FOUND) {
            return "UNLOCATED";
        }
        if (script != null) {
            return truth == Truth.ABUSED ? "SUSPECTED_ABUSE" : "SAFE";
        }
        double luck = stage.city().chance(name, "outcome");
        if (luck < ABROAD) {
            return "ABROAD";
        }
        double seenThrough = (luck - ABROAD) / (1 - ABROAD);
        return switch (truth) {
            case ABUSED -> seenThrough < SUSPICION_IF_ABUSED ? "SUSPECTED_ABUSE" : "SAFE";
            case NEEDS_WELFARE -> seenThrough < NEED_NOTICED ? "WELFARE_NEED" : "SAFE";
            case SAFE -> "SAFE";
            case null -> "SAFE";
        };
    }

    private static List<String> children(JsonNode visit) {
        return StreamSupport.stream(visit.path("children").spliterator(), false)
                .map(child -> child.path("childId").asText())
                .toList();
    }
}
