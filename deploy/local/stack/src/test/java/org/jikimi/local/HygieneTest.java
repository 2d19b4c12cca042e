package org.jikimi.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HygieneTest {
    private static final List<String> SLEEPER = List.of("sleep", "300");

    @TempDir
    Path temp;

    private Layout layout;
    private Children children;

    @BeforeEach
    void prepare() {
        layout = new Layout(temp, temp.resolve("data"));
        layout.prepare();
        children = new Children(layout);
    }

    @AfterEach
    void endAll() {
        Children.endLeftOvers(layout.run());
    }

    @Test
    void whatAKilledLauncherLeftBehindIsEndedByTheNext() {
        var left = start("kafka", SLEEPER);

        Children.endLeftOvers(layout.run());

        assertThat(left.isAlive()).isFalse();
        assertThat(RunRecord.all(layout.run())).isEmpty();
    }

    @Test
    void aStrangerThatWasGivenTheNumberLaterIsLeftAlone() {
        var stranger = start("kafka", SLEEPER);
        var record = stranger.record();
        new RunRecord("kafka", record.pid(), record.startedAt().minus(Duration.ofHours(1)), record.signal())
                .write(layout.run());

        Children.endLeftOvers(layout.run());

        assertThat(stranger.isAlive()).isTrue();
        record.end(Duration.ofSeconds(5));
    }

    @Test
    void descendantsOfAPartEndWithIt() {
        var parent = start("keycloak", List.of("sh", "-c", "sleep 300 & wait"));
        Awaitility.await().until(() -> parent.process().descendants().count() == 1);
        var descendant = parent.process().descendants().findFirst().orElseThrow();

        children.end("keycloak");

        assertThat(parent.isAlive()).isFalse();
        assertThat(descendant.isAlive()).isFalse();
    }

    @Test
    void aPartThatDoesNotListenIsEndedByForce() {
        var deaf = start("kafka", List.of("sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 1; done"));
        Awaitility.await().until(() -> Files.readString(deaf.log()).contains("deaf"));

        deaf.record().end(Duration.ofMillis(200));

        assertThat(deaf.isAlive()).isFalse();
    }

    @Test
    void aPartThatDiesAtItsStartIsToldInOneSentenceWithItsLog() {
        var dead = start("case-service", List.of("sh", "-c", "exit 3"));
        dead.process().onExit().join();

        assertThatThrownBy(dead::requireAlive)
                .isInstanceOf(StackFailure.class)
                .hasMessage("case-service ended at its start with code 3: see " + layout.log("case-service") + ".");
    }

    @Test
    void noPartIsStartedOnceTheStackIsEnding() {
        children.close();

        assertThatThrownBy(() -> start("kafka", SLEEPER)).isInstanceOf(StackFailure.class);
        assertThat(RunRecord.all(layout.run())).isEmpty();
    }

    @Test
    void aTakenPortIsToldInOneSentence() throws IOException {
        var ports = Ports.free();
        try (var taken = new ServerSocket(ports.kafka(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(StackFailure.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " of kafka is taken");
        }
    }

    @Test
    void aDataDirectoryThatCannotBeIsToldInOneSentence() throws IOException {
        var file = Files.writeString(temp.resolve("file"), "");

        assertThatThrownBy(() -> new Layout(temp, file.resolve("data")).prepare())
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("choose another with --data");
    }

    @Test
    void commandsTellFailuresByTheirExitCode() {
        var data = layout.data().toString();

        assertThat(Jikimi.run("token", "analyst-1", "--data", data)).isEqualTo(1);
        assertThat(Jikimi.run("status", "--data", data)).isEqualTo(1);
        assertThat(Jikimi.run("up", "--no-such-option")).isEqualTo(2);
        assertThat(Jikimi.run("up", "--help")).isZero();
        assertThat(Jikimi.run("down", "--data", data)).isZero();
        assertThat(Jikimi.run("reset", "--yes", "--data", data)).isZero();
        assertThat(layout.data()).doesNotExist();
    }

    @Test
    void resetLeavesAloneWhatIsNoDataDirectory() throws IOException {
        var other = Files.createDirectory(temp.resolve("other"));

        assertThat(Jikimi.run("reset", "--yes", "--data", other.toString())).isEqualTo(1);
        assertThat(other).exists();
    }

    private Children.Child start(String part, List<String> command) {
        return children.start(part, command, Map.of(), RunRecord.Signal.TERM);
    }
}
