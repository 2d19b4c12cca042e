package org.jikimi.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * The objects that an overlay comes to.
 *
 * @param name {@code dev} or {@code production}
 */
record Overlay(String name, List<ObjectNode> objects) {
    static final Path ROOT = Path.of(System.getProperty("jikimi.root", "../.."));
    static final Path KUBERNETES = ROOT.resolve("deploy/kubernetes");
    static final List<String> NAMES = List.of("dev", "production");

    private static final ConcurrentMap<String, Overlay> BUILT = new ConcurrentHashMap<>();

    static Overlay of(String name) {
        return BUILT.computeIfAbsent(name, overlay -> {
            var yaml = Tool.kubectl()
                    .run(
                            "",
                            "kustomize",
                            KUBERNETES.resolve("overlays/" + overlay).toString());
            return new Overlay(overlay, parse(yaml));
        });
    }

    static Stream<Overlay> all() {
        return NAMES.stream().map(Overlay::of);
    }

    private static List<ObjectNode> parse(String yaml) {
        var mapper = new YAMLMapper();
        try (MappingIterator<ObjectNode> documents =
                mapper.readerFor(ObjectNode.class).readValues(yaml)) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that may be changed without changing this. */
    Overlay copy() {
        return new Overlay(name, objects.stream().map(ObjectNode::deepCopy).toList());
    }

    Overlay with(ObjectNode more) {
        return new Overlay(
                name, Stream.concat(objects.stream(), Stream.of(more)).toList());
    }

    List<ObjectNode> ofKind(String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    ObjectNode one(String kind, String objectName) {
        return ofKind(kind).stream()
                .filter(object -> nameOf(object).equals(objectName))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + objectName + " in " + name));
    }

    boolean has(String kind, String objectName) {
        return ofKind(kind).stream().anyMatch(object -> nameOf(object).equals(objectName));
    }

    static String nameOf(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    static String title(JsonNode object) {
        return object.path("kind").asText() + " " + nameOf(object);
    }

    @Override
    public String toString() {
        return name;
    }
}
