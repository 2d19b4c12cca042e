package org.jikimi.city.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jikimi.city.Indicator;

/** The agencies register and send what they know, each with its own token. */
final class Arrivals {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Stage stage;
    private final Path files;

    Arrivals(Stage stage, Path files) {
        this.stage = stage;
        this.files = files;
    }

    void arrive() throws IOException {
        agencies();
        send("resident-register", "child-batches", "children", "children");
        for (String kind : Indicator.sourceKinds()) {
            Path file = files.resolve("signals-" + kind + ".ndjson");
            if (Files.size(file) > 0) {
                send(kind, "signal-batches", "signals-" + kind, "signals");
            }
        }
        capacities();
    }

    private void agencies() throws IOException {
        for (String line : Files.readAllLines(files.resolve("agencies.ndjson"))) {
            JsonNode agency = JSON.readTree(line);
            String id = agency.path("id").asText();
            Reply reply = stage.api()
                    .post("operator-1", stage.urls().referral(), "agencies", stage.key("agency-" + id), agency);
            if (!reply.problem().equals("agency-exists")) { // as after a city that was here before
                reply.orFail("the registration of agency " + id);
            }
            stage.add("agencies", 1);
        }
    }

    private void send(String kind, String path, String name, String figure) throws IOException {
        JsonNode receipt = stage.api()
                .upload(
                        "agency-" + kind,
                        stage.urls().screening(),
                        path,
                        stage.key(name),
                        files.resolve(name + ".ndjson"))
                .orFail("the batch " + name);
        long rejected = receipt.path("rejected").asLong();
        if (rejected > 0) {
            throw new StoryFailure(String.format(
                    Locale.ROOT,
                    "%d lines of %s were rejected: GET %s/%s/rejections says why",
                    rejected,
                    name,
                    path,
                    receipt.path("batchId").asText()));
        }
        stage.add(figure, receipt.path("received").asLong());
    }

    private void capacities() throws IOException {
        var body = Stage.body();
        var items = body.putArray("items");
        for (String line : Files.readAllLines(files.resolve("dong-capacities.ndjson"))) {
            items.add(JSON.readTree(line));
        }
        URI screening = stage.urls().screening();
        String etag = stage.api().get("analyst-1", screening, "dong-capacities").etag();
        stage.api()
                .change("analyst-1", screening, "dong-capacities", stage.key("capacities"), etag, body)
                .orFail("the capacities of the dongs");
    }
}
