package org.jikimi.city.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * The child protection agencies' case managers carry each family on: assessed in one week, planned in the next, then a
 * session a week, then watched until the file is closed.
 */
final class CaseManagers {
    private static final int SESSIONS = 4;
    private static final int WEEKS_OF_FOLLOW_UP = 2;

    private final Stage stage;
    private final URI cases;
    /** Weeks that a case has been in its state; a story that is taken up again counts from anew. */
    private final Map<String, Integer> weeks = new HashMap<>();

    CaseManagers(Stage stage) {
        this.stage = stage;
        this.cases = stage.urls().cases();
    }

    void week() {
        for (JsonNode file : stage.all(Users.SUPERVISOR, cases, "cases")) {
            String agencyId = file.path("agencyId").asText("");
            if (!agencyId.isEmpty()) {
                String id = file.path("id").asText();
                String state = file.path("state").asText();
                work(Users.ofAgency(agencyId), id, state, weeks.merge(id + state, 1, Integer::sum));
            }
        }
    }

    private void work(String manager, String id, String state, int week) {
        switch (state) {
            case "ASSESSMENT" -> {
                write(manager, id, "assessments", "before", entry("FAMILY_RISK").put("points", 62));
                moveOn(manager, id, "PLANNED");
            }
            case "PLANNED" -> {
                write(manager, id, "plan", "plan", entry("HOME_VISIT_FAMILY_RECOVERY"));
                moveOn(manager, id, "IN_SERVICE");
            }
            case "IN_SERVICE" -> {
                write(manager, id, "sessions", "session-" + week, entry("HOME_VISIT"));
                if (week >= SESSIONS) {
                    moveOn(manager, id, "FOLLOW_UP");
                }
            }
            case "FOLLOW_UP" -> {
                if (week >= WEEKS_OF_FOLLOW_UP) {
                    write(
                            manager,
                            id,
                            "assessments",
                            "after",
                            entry("FAMILY_RISK").put("points", 21));
                    moveOn(manager, id, "CLOSED");
                }
            }
            default -> {}
        }
    }

    private static ObjectNode entry(String code) {
        return Stage.body().put("code", code);
    }

    private void write(String manager, String id, String what, String keyPart, ObjectNode entry) {
        stage.api()
                .post(manager, cases, "cases/" + id + '/' + what, stage.key("case-" + id + '-' + keyPart), entry)
                .orFail("an entry in a case file");
        stage.add("entries in case files", 1);
    }

    private void moveOn(String manager, String id, String next) {
        String path = "cases/" + id;
        String etag = stage.api().get(manager, cases, path).etag();
        var body = Stage.body().put("state", next);
        if (next.equals("CLOSED")) {
            body.put("reason", "GOALS_REACHED");
        }
        stage.api()
                .change(manager, cases, path + "/status", stage.key(path + next), etag, body)
                .orFail("the step of a case to " + next);
    }
}
