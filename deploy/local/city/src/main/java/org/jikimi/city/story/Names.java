package org.jikimi.city.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jikimi.city.Script;

/** Whom the people of the story have met: names, as the registry disclosed them for a purpose. */
final class Names {
    private final Stage stage;
    private final Map<String, String> byChild = new ConcurrentHashMap<>();

    Names(Stage stage) {
        this.stage = stage;
    }

    /** Asks the registry for those not met yet, as one user and for one purpose; the registry keeps record of it. */
    void learn(String user, String purpose, List<String> childIds) {
        List<String> unknown = childIds.stream()
                .filter(id -> !byChild.containsKey(id))
                .distinct()
                .toList();
        if (unknown.isEmpty()) {
            return;
        }
        var body = Stage.body().put("purpose", purpose);
        var ids = body.putArray("childIds");
        unknown.forEach(ids::add);
        JsonNode disclosed = stage.api()
                .post(
                        user,
                        stage.urls().screening(),
                        "identity-disclosures",
                        stage.key("disclosure-" + user + '-' + unknown.getFirst() + '-' + unknown.size()),
                        body)
                .orFail("the disclosure of names to " + user);
        disclosed
                .path("items")
                .forEach(child ->
                        learn(child.path("childId").asText(), child.path("name").asText()));
    }

    void learn(String childId, String name) {
        byChild.put(childId, name);
    }

    /** Ids of the children of a scripted family, as far as they were met. */
    List<String> childrenOf(Script script) {
        return byChild.entrySet().stream()
                .filter(child -> stage.city().scriptOf(child.getValue()) == script)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The name of a child; the id itself for one whose name nobody told, who then is as any other child. */
    String of(String childId) {
        return byChild.getOrDefault(childId, childId);
    }
}
