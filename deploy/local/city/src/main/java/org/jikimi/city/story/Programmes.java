package org.jikimi.city.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The rounds of all programmes in a quarter: who is looked for by each, and what each came to. */
final class Programmes {
    private final Stage stage;
    private final StoryRecord record;

    Programmes(Stage stage, StoryRecord record) {
        this.stage = stage;
        this.record = record;
    }

    /** Plans the quarterly round, and screens it, unless both lie behind it. */
    void quarterly() throws IOException {
        var programme = Programme.QUARTERLY_SCREENING;
        var screening = new ProgrammeRound(stage, programme);
        String id =
                planned(programme, Stage.body().put("asOf", stage.city().asOf().toString()));
        JsonNode round = screening.screen(id);
        stage.set("screened", round.path("children").asLong());
        stage.set("flagged", round.path("flagged").asLong());
        stage.set("backlog", round.path("backlog").asLong());
        screening.tellDistricts(id);
        stage.tell("  %,d screened, %,d flagged, %,d in the backlog"
                .formatted(stage.figure("screened"), stage.figure("flagged"), stage.figure("backlog")));
    }

    /** Begins the round whose time has come after so many weeks, if there is one. */
    boolean begin(int weeksOver) throws IOException {
        for (Programme programme : Programme.values()) {
            if (programme.afterWeek() == weeksOver && weeksOver > 0) {
                begin(programme);
                return true;
            }
        }
        return false;
    }

    private void begin(Programme programme) throws IOException {
        var screening = new ProgrammeRound(stage, programme);
        boolean composed = programme == Programme.UNDER_TWO_INVESTIGATION;
        var plan = Stage.body();
        if (composed) { // the youngest, of whom no clinic or vaccination is known
            var composition = plan.putObject("composition");
            composition.put("underMonths", 24).put("caregivingPoints", 0);
            composition.putArray("indicators").add("NO_MEDICAL_USE").add("MISSED_VACCINATION");
        }
        String id = planned(programme, plan);
        if (composed) {
            stage.tell("  %s, composed by an analyst, who sees %,d children in the preview"
                    .formatted(programme, screening.preview(id)));
        }
        JsonNode round = screening.screen(id);
        stage.tell("  %s: %,d flagged, %,d in the backlog, %,d with somebody already"
                .formatted(
                        programme,
                        round.path("flagged").asLong(),
                        round.path("backlog").asLong(),
                        round.path("excluded").asLong()));
    }

    private String planned(Programme programme, ObjectNode plan) throws IOException {
        String known = record.round(programme);
        String id = known == null ? new ProgrammeRound(stage, programme).plan(plan) : known;
        record.screened(programme, id);
        return id;
    }

    /** The rounds that were begun. */
    List<String> rounds() {
        List<String> rounds = new ArrayList<>();
        for (Programme programme : Programme.values()) {
            String id = record.round(programme);
            if (id != null) {
                rounds.add(id);
            }
        }
        return rounds;
    }

    /** Closes what was begun, and tells the closing report of each. */
    List<String> close() {
        List<String> lines = new ArrayList<>();
        for (Programme programme : Programme.values()) {
            String id = record.round(programme);
            if (id != null) {
                lines.add(line(programme, new ProgrammeRound(stage, programme).close(id)));
            }
        }
        return lines;
    }

    private static String line(Programme programme, JsonNode report) {
        JsonNode coverage = report.path("coverage");
        return "%-24s %,9d %,8d %,8d %,8d %,6d %,8d %,9d %,9d"
                .formatted(
                        programme,
                        coverage.path("flagged").asLong(),
                        coverage.path("backlog").asLong(),
                        coverage.path("excluded").asLong(),
                        coverage.path("visited").asLong(),
                        coverage.path("seen").asLong(),
                        coverage.path("refused").asLong(),
                        coverage.path("notLocated").asLong(),
                        coverage.path("reported").asLong());
    }

    /** Over the lines. */
    static String heading() {
        return "%-24s %9s %8s %8s %8s %6s %8s %9s %9s"
                .formatted(
                        "Closing reports:",
                        "flagged",
                        "backlog",
                        "linked",
                        "visited",
                        "seen",
                        "refused",
                        "not found",
                        "reported");
    }
}
