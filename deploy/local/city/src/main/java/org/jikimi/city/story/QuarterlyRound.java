package org.jikimi.city.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** The analyst plans, opens and screens the quarterly round. */
final class QuarterlyRound {
    private static final String ANALYST = "analyst-1";

    private final Stage stage;
    private final URI screening;

    QuarterlyRound(Stage stage) {
        this.stage = stage;
        this.screening = stage.urls().screening();
    }

    /** Plans the round, and answers its id. */
    String plan() {
        var plan = Stage.body()
                .put("programme", "QUARTERLY_SCREENING")
                .put("asOf", stage.city().asOf().toString());
        return stage.api()
                .post(ANALYST, screening, "rounds", stage.key("round"), plan)
                .orFail("the plan of the round")
                .path("id")
                .asText();
    }

    /** Takes the round through its opening and its screening, unless both lie behind it. */
    void screen(String id) {
        step(id, "opening", "OPENED");
        step(id, "screening", "SCREENED");
        JsonNode round = stage.api().get(ANALYST, screening, "rounds/" + id).orFail("the round");
        stage.set("screened", round.path("children").asLong());
        stage.set("flagged", round.path("flagged").asLong());
        stage.set("backlog", round.path("backlog").asLong());
        tellDistricts(id);
    }

    private void step(String id, String step, String state) {
        String path = "rounds/" + id;
        Reply round = stage.api().get(ANALYST, screening, path);
        if (!reached(round, state)) {
            stage.api()
                    .change(
                            ANALYST,
                            screening,
                            path + '/' + step,
                            stage.key("round-" + step),
                            round.etag(),
                            Stage.body())
                    .orFail("the " + step + " of the round");
        }
        if (!stage.patience().until(() -> reached(stage.api().get(ANALYST, screening, path), state))) {
            throw new StoryFailure("the round did not get past its " + step);
        }
    }

    private static boolean reached(Reply round, String state) {
        String now = round.orFail("the round").path("state").asText();
        return switch (state) {
            case "OPENED" -> !now.equals("PLANNED");
            default -> !now.equals("PLANNED") && !now.equals("OPENED");
        };
    }

    private void tellDistricts(String id) {
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
