package org.jikimi.city.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** The child protection agencies' case managers carry each family on, step by step, a step a week. */
final class CaseManagers {
    private final Stage stage;
    private final URI cases;

    CaseManagers(Stage stage) {
        this.stage = stage;
        this.cases = stage.urls().cases();
    }

    void week() {
        for (JsonNode file : stage.all(Users.SUPERVISOR, cases, "cases")) {
            String next = next(file.path("state").asText());
            String agencyId = file.path("agencyId").asText("");
            if (!next.isEmpty() && !agencyId.isEmpty()) {
                moveOn(Users.ofAgency(agencyId), file.path("id").asText(), next);
            }
        }
    }

    private static String next(String state) {
        return switch (state) {
            case "ASSESSMENT" -> "PLANNED";
            case "PLANNED" -> "IN_SERVICE";
            case "IN_SERVICE" -> "FOLLOW_UP";
            case "FOLLOW_UP" -> "CLOSED";
            default -> "";
        };
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
