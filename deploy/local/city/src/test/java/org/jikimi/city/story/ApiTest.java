package org.jikimi.city.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jikimi.city.story.FakeService.Asked;
import org.jikimi.city.story.FakeService.Says;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(20), Duration.ofMillis(1));

    private final Api api = new Api(user -> "token-of-" + user, PATIENCE);

    @ParameterizedTest
    @ValueSource(ints = {0, 429, 502, 503, 504})
    void aCallThatMeetsTroubleIsMadeAgainWithTheSameKey(int trouble) {
        try (var service = new FakeService(
                asked -> asked.number() < 3 ? new Says(trouble, "") : new Says(201, "{\"visitId\":\"v1\"}"))) {

            Reply reply = api.post(
                    "officer-11350",
                    service.uri(),
                    "visits/v1/attempts",
                    "key-1",
                    JsonNodeFactory.instance.objectNode());

            assertThat(reply.orFail("attempt").path("visitId").asText()).isEqualTo("v1");
            assertThat(service.asked()).hasSize(3).extracting(Asked::key).containsOnly("key-1");
            assertThat(api.repeats()).isEqualTo(2);
        }
    }

    @Test
    void aRefusalIsAnAnswerAndIsNotAskedForAgain() {
        String problem = """
                {"type":"https://jikimi.org/problems/invalid-field","field":"result"}""";
        try (var service = new FakeService(asked -> new Says(422, problem))) {

            Reply reply = api.post(
                    "officer-11350",
                    service.uri(),
                    "visits/v1/attempts",
                    "key-1",
                    JsonNodeFactory.instance.objectNode());

            assertThat(reply.done()).isFalse();
            assertThat(reply.problem()).isEqualTo("invalid-field");
            assertThat(service.asked()).hasSize(1);
            assertThatExceptionOfType(StoryFailure.class)
                    .isThrownBy(() -> reply.orFail("attempt"))
                    .withMessageContaining("422 invalid-field result");
        }
    }

    @Test
    void everyPageOfAListIsRead() {
        try (var service = new FakeService(asked -> asked.uri().contains("cursor=b%2Fc")
                ? new Says(200, "{\"items\":[{\"id\":3}],\"next\":null}")
                : new Says(200, "{\"items\":[{\"id\":1},{\"id\":2}],\"next\":\"b/c\"}"))) {
            List<Integer> ids = new ArrayList<>();

            api.each(
                    "supervisor-1",
                    service.uri(),
                    "visits?state=PLANNED",
                    item -> ids.add(item.path("id").asInt()));

            assertThat(ids).containsExactly(1, 2, 3);
            assertThat(service.asked())
                    .extracting(Asked::uri)
                    .containsExactly(
                            "/api/v1/visits?state=PLANNED&limit=500",
                            "/api/v1/visits?state=PLANNED&limit=500&cursor=b%2Fc");
        }
    }

    @Test
    void aRefusedTokenIsReplacedOnce() {
        List<String> forgotten = new ArrayList<>();
        var renewing = new Api(
                new TokenSource() {
                    @Override
                    public String token(String user) {
                        return forgotten.isEmpty() ? "old" : "new";
                    }

                    @Override
                    public void forget(String user) {
                        forgotten.add(user);
                    }
                },
                PATIENCE);
        try (var service = new FakeService(asked -> new Says(asked.token().equals("Bearer new") ? 200 : 401, "{}"))) {

            assertThat(renewing.get("police-11350", service.uri(), "clocks").status())
                    .isEqualTo(200);
            assertThat(forgotten).containsExactly("police-11350");
        }
    }

    @Test
    void aChangeNamesTheVersionThatWasRead() {
        try (var service = new FakeService(asked -> new Says(200, "{}"))) {
            String etag = api.get("supervisor-1", service.uri(), "alerts/a1").etag();

            api.change(
                    "supervisor-1",
                    service.uri(),
                    "alerts/a1/acknowledgement",
                    "key-2",
                    etag,
                    JsonNodeFactory.instance.objectNode());

            assertThat(service.asked().getLast().ifMatch()).isEqualTo("\"3\"");
        }
    }

    @Test
    void aFileOfLinesIsSentWholeAgain(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("signals.ndjson"), "{}\n{}\n");
        try (var service = new FakeService(asked -> new Says(asked.number() == 1 ? 503 : 202, "{\"accepted\":2}"))) {

            Reply reply = api.upload("agency-police", service.uri(), "signal-batches", "key-3", file);

            assertThat(reply.body().path("accepted").asInt()).isEqualTo(2);
            assertThat(service.asked()).extracting(Asked::body).containsExactly("{}\n{}\n", "{}\n{}\n");
        }
    }

    @Test
    void whenPatienceHasRunOutTheStoryFailsAndSaysWhere() {
        var hasty = new Api(user -> "t", new Patience(Duration.ofMillis(20), Duration.ofMillis(1)));
        try (var service = new FakeService(asked -> new Says(503, ""))) {

            assertThatExceptionOfType(StoryFailure.class)
                    .isThrownBy(() -> hasty.get("supervisor-1", service.uri(), "clocks"))
                    .withMessageContaining("/api/v1/clocks")
                    .withMessageContaining("503");
        }
    }
}
