package org.jikimi.testkit.migration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The rules of a module's Flyway scripts, one test each. They are asked in the directory of the module.
 *
 * <p>Migrations expand, then contract, because releases N and N-1 run together while one replaces the other. So a script
 * may add, but takes nothing away that an earlier release uses, and demands nothing that it does not write: DROP, RENAME,
 * a new type, SET NOT NULL, a new constraint, REVOKE. When no release that still runs uses it, a later script may, and
 * says so in a comment of its own line, which names the first release that did without:
 *
 * <pre>{@code -- contract: unused since 1.4.0}</pre>
 *
 * <p>Which scripts were released, with which release and with which content is kept in {@value #RELEASED}; a released
 * script never changes. A release adds its scripts by {@code -Dmigrations.release=VERSION} on the module's
 * {@code ArchitectureTest}.
 */
public final class MigrationRules {
    static final String RELEASED = "src/test/resources/released/migrations.txt";

    private static final String SCRIPTS = "src/main/resources/db";
    private static final String HOW_TO_RELEASE = "add -Dmigrations.release=VERSION to the test when it is released";

    private record Release(String version, String sha256) {}

    private final List<Script> scripts;
    private final Map<String, Release> released;

    private MigrationRules(List<Script> scripts, Map<String, Release> released) {
        this.scripts = scripts;
        this.released = released;
    }

    /** The rules of the module in whose directory the test runs. */
    public static MigrationRules ofModule() {
        return of(Path.of(""));
    }

    static MigrationRules of(Path module) {
        try {
            var list = module.resolve(RELEASED);
            var version = System.getProperty("migrations.release");
            if (version != null) {
                release(version, read(module, Map.of()), list);
            }
            var released = released(list);
            return new MigrationRules(read(module, released), released);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A test for each rule. */
    public Stream<DynamicTest> tests() {
        return Stream.of(
                DynamicTest.dynamicTest("a released migration never changes", () -> require(changed())),
                DynamicTest.dynamicTest(
                        "a migration takes nothing away that an earlier release uses", () -> require(contracted())));
    }

    private static void require(List<String> violations) {
        if (!violations.isEmpty()) {
            throw new AssertionError(String.join("\n", violations));
        }
    }

    /** Released scripts that are gone or say something else. */
    List<String> changed() {
        if (released.isEmpty()) {
            return List.of("no script is listed in " + RELEASED + ": " + HOW_TO_RELEASE);
        }
        var today = scripts.stream().collect(Collectors.toMap(Script::name, Script::sha256));
        var found = new ArrayList<String>();
        released.forEach((name, release) -> {
            if (!release.sha256().equals(today.get(name))) {
                found.add("%s was released with %s and %s: what is to be different needs a script of its own"
                        .formatted(name, release.version(), today.containsKey(name) ? "has changed" : "is gone"));
            }
        });
        return found;
    }

    /** Scripts that contract too early, or without saying that it is no longer too early. */
    List<String> contracted() {
        if (scripts.isEmpty()) {
            return List.of("there is no script below " + SCRIPTS);
        }
        var found = new ArrayList<String>();
        for (var script : scripts) {
            var added = addedWith(script.release());
            for (var statement : script.statements()) {
                for (var change : Change.of(statement)) {
                    if (change instanceof Change.Contracts contracts
                            && contracts.objects().stream().noneMatch(added::contains)) {
                        refusal(script)
                                .ifPresent(why -> found.add(script.name() + ": " + contracts.what() + ": " + why));
                    }
                }
            }
        }
        return found;
    }

    private Optional<String> refusal(Script script) {
        var since = script.unusedSince();
        if (since.isEmpty()) {
            return Optional.of(
                    "an earlier release may use it; \"-- contract: unused since VERSION\" names the one that no longer does");
        }
        boolean known = released.values().stream()
                .map(Release::version)
                .filter(version -> !version.equals(script.release().orElse("")))
                .anyMatch(since.get()::equals);
        return known ? Optional.empty() : Optional.of("release " + since.get() + " is none before this script");
    }

    /** What came with a release is used by none before it. */
    private Set<String> addedWith(Optional<String> release) {
        var added = new HashSet<String>();
        for (var script : scripts) {
            if (script.release().equals(release)) {
                for (var statement : script.statements()) {
                    for (var change : Change.of(statement)) {
                        if (change instanceof Change.Adds adds) {
                            added.add(adds.object());
                        }
                    }
                }
            }
        }
        return added;
    }

    private static List<Script> read(Path module, Map<String, Release> released) throws IOException {
        try (var files = Files.walk(module.resolve(SCRIPTS))) {
            var scripts = new ArrayList<Script>();
            for (var file : files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList()) {
                var name = String.valueOf(file.getFileName());
                var release = Optional.ofNullable(released.get(name)).map(Release::version);
                scripts.add(new Script(name, Files.readString(file), release));
            }
            return scripts;
        }
    }

    private static Map<String, Release> released(Path list) throws IOException {
        var released = new TreeMap<String, Release>();
        if (Files.exists(list)) {
            for (var line : Files.readAllLines(list, UTF_8)) {
                var words = line.split(" +", -1);
                if (words.length == 3) {
                    released.put(words[2], new Release(words[0], words[1]));
                }
            }
        }
        return released;
    }

    /** Lists the scripts that are not listed yet; those of the same version anew, since it is only being made. */
    private static void release(String version, List<Script> scripts, Path list) throws IOException {
        var released = new TreeMap<>(released(list));
        for (var script : scripts) {
            var before = released.get(script.name());
            if (before == null || before.version().equals(version)) {
                released.put(script.name(), new Release(version, script.sha256()));
            }
        }
        Files.createDirectories(list.resolveSibling("."));
        Files.writeString(
                list,
                released.entrySet().stream()
                        .map(entry -> "%s %s %s\n"
                                .formatted(
                                        entry.getValue().version(),
                                        entry.getValue().sha256(),
                                        entry.getKey()))
                        .collect(Collectors.joining()));
    }
}
