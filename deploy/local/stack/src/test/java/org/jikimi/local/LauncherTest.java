package org.jikimi.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script finds a JDK that is new enough by itself, or says what to install, and builds no sooner than it must. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of(System.getProperty("jikimi.root"), "jikimi");
    private static final List<String> TOOLS = List.of("bash", "dirname", "readlink", "sed", "cat");

    @TempDir
    Path temp;

    private Path path;
    private Path jdks;

    record Ended(int code, String output, String errors) {}

    @BeforeEach
    void aMachineWithoutJava() throws IOException {
        // macOS tells of its JDKs by a program of its own, which no setting hides.
        assumeFalse(Files.exists(Path.of("/usr/libexec/java_home")));
        path = Files.createDirectory(temp.resolve("bin"));
        jdks = Files.createDirectory(temp.resolve("jdks"));
        for (var tool : TOOLS) {
            for (var directory : List.of("/usr/bin", "/bin")) {
                if (Files.exists(Path.of(directory, tool)) && !Files.exists(path.resolve(tool))) {
                    Files.createSymbolicLink(path.resolve(tool), Path.of(directory, tool));
                }
            }
        }
    }

    @Test
    void whereThereIsNoJdkOneSentenceTellsWhatToInstall() throws Exception {
        var ended = launch();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.errors())
                .isEqualTo("jikimi: no JDK 25 or newer was found: install one, for example Eclipse Temurin 25, "
                        + "or set JAVA_HOME to it.\n");
    }

    @Test
    void aJdkThatIsTooOldIsNone() throws Exception {
        jdk("jdk-17", "17");

        assertThat(launch().errors()).startsWith("jikimi: no JDK 25 or newer was found");
    }

    @Test
    void aJdkThatIsNewEnoughIsFoundBehindAnOlderOne() throws Exception {
        jdk("jdk-17", "17");
        jdk("jdk-26", "26");

        assertThat(launch().errors()).doesNotContain("no JDK");
    }

    @Test
    void aStackThatRunsFromTheSameDataDirectoryIsNotBuiltUnder() throws Exception {
        var root = checkout();
        var data = Files.createDirectories(temp.resolve("data"));
        var launcher = new ProcessBuilder("bash", "-c", "read -r line", "org.jikimi.local.Jikimi").start();
        try {
            RunRecord.of("launcher", launcher.toHandle(), RunRecord.Signal.TERM)
                    .write(Files.createDirectories(data.resolve("run")));

            assertThat(up(root, "--data", data.toString())).contains("starts").doesNotContain("builds");
            assertThat(up(root, "--data=" + data)).contains("starts").doesNotContain("builds");
            assertThat(up(root, "--data", temp.resolve("another").toString())).contains("builds");
        } finally {
            launcher.destroyForcibly().waitFor();
        }
        assertThat(up(root, "--data", data.toString())).as("after its end").contains("builds");
    }

    @Test
    void whatIsNoBenchmarkIsRefusedBeforeAnythingIsBuilt() throws Exception {
        var root = checkout();

        assertThat(calls(root, "bench", "relay", "rounds")).isEmpty();
        assertThat(calls(root, "bench", "--heap")).isEmpty();
        assertThat(calls(root, "bench", "relay", "audit", "live", "bulk", "round", "--json", "rounds"))
                .contains("builds", "starts");
    }

    /** A checkout that was built before, with a JDK and a Maven that only tell that they were called. */
    private Path checkout() throws IOException {
        var root = Files.createDirectories(temp.resolve("checkout"));
        Files.copy(LAUNCHER, root.resolve("jikimi"));
        Files.createDirectories(root.resolve("deploy/local/stack/target/lib"));
        jdk("jdk-25", "25");
        for (var program : List.of(jdks.resolve("jdk-25/bin/java"), root.resolve("mvnw"))) {
            var does = program.endsWith("mvnw")
                    ? "echo builds >>" + temp.resolve("calls")
                    : "case \"$1\" in -Xshow*) echo '    java.specification.version = 25' >&2 ;; *) echo starts >>"
                            + temp.resolve("calls") + " ;; esac";
            assertThat(Files.writeString(program, "#!/bin/sh\n" + does + "\n")
                            .toFile()
                            .setExecutable(true))
                    .isTrue();
        }
        return root;
    }

    private List<String> up(Path root, String... arguments) throws IOException, InterruptedException {
        return calls(root, "up", arguments);
    }

    private List<String> calls(Path root, String name, String... arguments) throws IOException, InterruptedException {
        Files.deleteIfExists(temp.resolve("calls"));
        Files.deleteIfExists(root.resolve("deploy/local/stack/target/built"));
        var command = new ArrayList<>(List.of("bash", root.resolve("jikimi").toString(), name));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", jdks.resolve("jdk-25").toString());
        var process = builder.start();
        process.getInputStream().readAllBytes();
        process.waitFor();
        return Files.exists(temp.resolve("calls")) ? Files.readAllLines(temp.resolve("calls")) : List.of();
    }

    /** Tells its version, and does nothing else. */
    private void jdk(String name, String version) throws IOException {
        var bin = Files.createDirectories(jdks.resolve(name).resolve("bin"));
        for (var program : List.of("java", "javac")) {
            var script = Files.writeString(
                    bin.resolve(program), "#!/bin/sh\necho '    java.specification.version = " + version + "' >&2\n");
            assertThat(script.toFile().setExecutable(true)).isTrue();
        }
    }

    private Ended launch() throws IOException, InterruptedException {
        var builder = new ProcessBuilder(path.resolve("bash").toString(), LAUNCHER.toString(), "status");
        builder.environment().clear();
        builder.environment().put("PATH", path.toString());
        builder.environment().put("HOME", temp.toString());
        builder.environment().put("JIKIMI_JDKS", jdks.toString());
        var errors = temp.resolve("errors");
        var process = builder.redirectError(errors.toFile()).start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), output, Files.readString(errors));
    }
}
