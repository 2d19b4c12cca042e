package org.jikimi.systemtests.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process of its own, as a person or a supervisor starts and ends it. */
class HangUpTest {
    private static final Path STACK = Path.of(System.getProperty("jikimi.root"), "deploy", "local", "stack", "target");
    private static final Pattern PID = Pattern.compile("\"pid\":(\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path temp;

    private final List<Process> launchers = new ArrayList<>();

    @AfterEach
    void leaveNothingBehind() throws IOException {
        var recorded = recorded();
        launchers.forEach(Process::destroyForcibly);
        recorded.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void sigtermWhilePartsAreStartingLeavesNoProcessBehind() throws Exception {
        var launcher = up();
        Awaitility.await("two parts").atMost(PATIENCE).until(() -> recorded().size() >= 3);
        var parts = recorded();

        signal(launcher, "TERM");

        assertThat(launcher.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(launcher.exitValue()).isNotZero();
        assertThat(parts).noneMatch(ProcessHandle::isAlive);
        assertThat(recorded()).isEmpty();
    }

    @Test
    void ctrlCWhileAllIsUpLeavesNoProcessBehind() throws Exception {
        var launcher = up();
        awaitUp(launcher);
        var parts = recorded();

        signal(launcher, "INT");

        assertThat(launcher.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(parts).hasSizeGreaterThanOrEqualTo(4).noneMatch(ProcessHandle::isAlive);
        assertThat(recorded()).isEmpty();
    }

    private Process up() throws IOException {
        int port = freePort();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var launcher = new ProcessBuilder(
                        // A shell that started this test in the background may have it ignore Ctrl-C; a person's does
                        // not.
                        "perl",
                        "-e",
                        "$SIG{INT} = 'DEFAULT'; exec @ARGV or die",
                        "--",
                        java,
                        "-Djikimi.root=" + System.getProperty("jikimi.root"),
                        "-cp",
                        STACK.resolve("classes") + ":" + STACK.resolve("lib") + "/*",
                        "org.jikimi.local.Jikimi",
                        "up",
                        "--foundation-only",
                        "--data",
                        temp.resolve("data").toString(),
                        "--ports-from",
                        String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("console").toFile())
                .start();
        launchers.add(launcher);
        return launcher;
    }

    private void awaitUp(Process launcher) {
        var console = temp.resolve("console");
        Awaitility.await("Up after").atMost(PATIENCE).until(() -> {
            assertThat(launcher.isAlive()).as(Files.readString(console)).isTrue();
            return Files.readString(console).contains("Up after");
        });
    }

    /** Processes that the data directory has on record and that run, the launcher among them. */
    private List<ProcessHandle> recorded() throws IOException {
        var run = temp.resolve("data/run");
        var running = new ArrayList<ProcessHandle>();
        if (!Files.isDirectory(run)) {
            return running;
        }
        try (var files = Files.newDirectoryStream(run, "*.json")) {
            for (var file : files) {
                var pid = PID.matcher(Files.readString(file));
                if (pid.find()) {
                    ProcessHandle.of(Long.parseLong(pid.group(1)))
                            .filter(ProcessHandle::isAlive)
                            .ifPresent(running::add);
                }
            }
        }
        return running;
    }

    private static void signal(Process process, String name) throws IOException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .onExit()
                .join();
    }

    private static int freePort() {
        return 11_000 + (int) (ProcessHandle.current().pid() % 380) * 9;
    }
}
