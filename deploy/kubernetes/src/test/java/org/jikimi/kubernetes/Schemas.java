package org.jikimi.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every schema of a kind that some package brings. Kubernetes' own kinds are held against two: its Java client refuses
 * unknown fields, its npm package knows types and enums.
 */
final class Schemas {
    /** No package brings these. They were held against the operator's schema by hand when they were written. */
    static final Set<String> UNCHECKED = Set.of("postgresql.cnpg.io/v1/Cluster");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path TARGET = Overlay.KUBERNETES.resolve("target");

    private static final Map<String, Check> JAVA_CLIENT = Map.of(
            "v1/ConfigMap", V1ConfigMap::validateJsonElement,
            "v1/Namespace", V1Namespace::validateJsonElement,
            "v1/Service", V1Service::validateJsonElement,
            "v1/ServiceAccount", V1ServiceAccount::validateJsonElement,
            "apps/v1/Deployment", V1Deployment::validateJsonElement,
            "networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy::validateJsonElement,
            "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement);

    private static final Map<String, String> STRIMZI = Map.of(
            "kafka.strimzi.io/v1/Kafka", "io.strimzi.api.kafka.model.kafka.Kafka",
            "kafka.strimzi.io/v1/KafkaNodePool", "io.strimzi.api.kafka.model.nodepool.KafkaNodePool",
            "kafka.strimzi.io/v1/KafkaTopic", "io.strimzi.api.kafka.model.topic.KafkaTopic",
            "kafka.strimzi.io/v1/KafkaUser", "io.strimzi.api.kafka.model.user.KafkaUser");

    private final Map<String, JsonSchema> strimzi = new HashMap<>();

    @FunctionalInterface
    private interface Check {
        void accept(JsonElement object) throws IOException;
    }

    Schemas() {
        try {
            readStrimzi();
            installNpm();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String kindOf(JsonNode object) {
        return object.path("apiVersion").asText() + "/" + object.path("kind").asText();
    }

    /** What is wrong with the objects; a kind that neither has a schema nor is named as having none is wrong too. */
    List<String> problemsOf(List<ObjectNode> objects) {
        var problems = new ArrayList<String>();
        var npm = askNpm(objects);
        for (int n = 0; n < objects.size(); n++) {
            var object = objects.get(n);
            var verdict = npm.path(n);
            boolean known = checkWithJava(object, problems);
            if (!verdict.isNull()) {
                add(problems, object, verdict.asText());
            } else if (!known && !UNCHECKED.contains(kindOf(object))) {
                add(problems, object, "no schema of " + kindOf(object) + " is known here");
            }
        }
        return problems;
    }

    private boolean checkWithJava(ObjectNode object, List<String> problems) {
        var client = JAVA_CLIENT.get(kindOf(object));
        if (client != null) {
            try {
                client.accept(JsonParser.parseString(object.toString()));
            } catch (IllegalArgumentException refused) {
                add(problems, object, String.valueOf(refused.getMessage()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        var schema = strimzi.get(kindOf(object));
        if (schema != null) {
            schema.validate(object).forEach(message -> add(problems, object, message.getMessage()));
        }
        return client != null || schema != null;
    }

    private static void add(List<String> problems, JsonNode object, String problem) {
        if (!problem.isEmpty()) {
            problems.add(Overlay.title(object) + ": " + problem);
        }
    }

    private static JsonNode askNpm(List<ObjectNode> objects) {
        try {
            var input = JSON.writeValueAsString(objects);
            return JSON.readTree(Tool.node().in(TARGET.resolve("schemas")).run(input, "check.mjs"));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void installNpm() throws IOException {
        var directory = Files.createDirectories(TARGET.resolve("schemas"));
        var lock = "package-lock.json";
        var installed = Files.exists(directory.resolve("node_modules"))
                && Files.mismatch(Overlay.KUBERNETES.resolve("schemas").resolve(lock), directory.resolve(lock)) == -1;
        for (var file : List.of("package.json", lock, "check.mjs")) {
            Files.copy(
                    Overlay.KUBERNETES.resolve("schemas").resolve(file),
                    directory.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        if (!installed) {
            Tool.npm().in(directory).run("", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
        }
    }

    private void readStrimzi() throws IOException {
        var jars = TARGET.resolve("strimzi").toAbsolutePath();
        var command = new ArrayList<>(List.of(
                "-cp",
                jars + File.separator + "*",
                "io.strimzi.crdgenerator.CrdGenerator",
                "--target-kube",
                "1.30+",
                "--api-versions",
                "v1",
                "--describe-api-versions",
                "v1+",
                "--storage-version",
                "v1"));
        STRIMZI.forEach((kind, model) -> command.add(model + "=" + fileOf(model)));
        Tool.java().run("", command.toArray(String[]::new));
        var factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
        for (var kind : STRIMZI.entrySet()) {
            var definition = JSON.readTree(fileOf(kind.getValue()).toFile());
            var schema = definition.at("/spec/versions/0/schema/openAPIV3Schema");
            refuseUnknownFields(schema);
            strimzi.put(kind.getKey(), factory.getSchema(schema));
        }
    }

    private static Path fileOf(String model) {
        return TARGET.toAbsolutePath().resolve("strimzi/" + model + ".json");
    }

    /** The API server drops unknown fields without a word; here they are mistakes. */
    private static void refuseUnknownFields(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.path("properties").isObject()) {
            if (!object.has("additionalProperties")
                    && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
                object.put("additionalProperties", false);
            }
        }
        schema.forEach(Schemas::refuseUnknownFields);
    }
}
