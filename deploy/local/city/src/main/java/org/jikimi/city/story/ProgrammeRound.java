package org.jikimi.city.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** The analyst plans, opens and screens a round of a programme, and closes it in the end. */
final class ProgrammeRound {
    private static final String ANALYST = "analyst-1";

    private final Stage stage;
    private final URI screening;
    private final Programme programme;

    ProgrammeRound(Stage stage, Programme programme) {
        this.stage = stage;
        this.screening = stage.urls().screening();
        this.programme = programme;
    }

    /**
     * Plans the round, and answers its id.
     *
     * @param plan what it says beside the programme
     */
    String plan(ObjectNode plan) {
        return stage.api()
                .post(ANALYST, screening, "rounds", key("round"), plan.put("programme", programme.name()))
                .orFail("the plan of the round " + programme)
                .path("id")
                .asText();
    }

    /** Takes the round through its opening and its screening, unless both lie behind it, and answers it. */
    JsonNode screen(String id) {
        step(id, "opening", "OPENED");
        step(id, "screening", "SCREENED");
        return stage.api().get(ANALYST, screening, "rounds/" + id).orFail("the round");
    }

    /** How many children it would select if it opened now; of an opened one how many it judges. */
    long preview(String id) {
        Reply preview = stage.api().get(ANALYST, screening, "rounds/" + id + "/preview");
        if (preview.status() == 409) { // the story goes on after it was cut off
            return stage.api()
                    .get(ANALYST, screening, "rounds/" + id)
                    .orFail("the round")
                    .path("children")
                    .asLong();
        }
        return preview.orFail("the preview of the round").path("selected").asLong();
    }

    /** Closes the round, unless that is done, when what the visits found has arrived, and answers its report. */
    JsonNode close(String id) {
        String path = "rounds/" + id;
        stage.patience().until(() -> allVisited(path));
        Reply round = stage.api().get(ANALYST, screening, path);
        if (!round.orFail("the round").path("state").asText().equals("CLOSED")) {
            String closure = path + "/closure?leavesWaiting=true"; // the report tells how many
            stage.api()
                    .change(ANALYST, screening, closure, key("round-closure"), round.etag(), Stage.body())
                    .orFail("the closure of the round " + programme);
        }
        return stage.api().get(ANALYST, screening, path + "/report").orFail("the report of the round");
    }

    private boolean allVisited(String path) {
        JsonNode coverage =
                stage.api().get(ANALYST, screening, path + "/coverage").orFail("the coverage of the round");
        return coverage.path("visited").asLong() == coverage.path("flagged").asLong();
    }

    private String key(String effect) {
        return stage.key(effect + '-' + programme);
    }

    private void step(String id, String step, String state) {
        String path = "rounds/" + id;
        Reply round = stage.api().get(ANALYST, screening, path);
        if (!reached(round, state)) {
            stage.api()
                    .change(ANALYST, screening, path + '/' + step, key("round-" + step), round.etag(), Stage.body())
                    .orFail("the " + step + " of the round " + programme);
        }
        if (!stage.patience().until(() -> reached(stage.api().get(ANALYST, screening, path), state))) {
            throw new StoryFailure("the round " + programme + " did not get past its " + step);
        }
    }

    private static boolean reached(Reply round, String state) {
        String now = round.orFail("the round").path("state").asText();
        return switch (state) {
            case "OPENED" -> !now.equals("PLANNED");
            default -> !now.equals("PLANNED") && !now.equals("OPENED");
        };
    }

    void tellDistricts(String id) {
        Map<String, Integer> byDistrict = new TreeMap<>();
        stage.api().each(ANALYST, screening, "rounds/" + id + "/flags", flag -> {
            if (!Outside.flag(flag).backlog()) {
                byDistrict.merge(flag.path("districtCode").asText(), 1, Integer::sum);
            }
        });
        var line = new StringBuilder("  flagged by district:");
        byDistrict.forEach((district, flags) ->
                line.append(' ').append(district).append('=').append(flags));
        stage.tell(line.toString());
    }
}
