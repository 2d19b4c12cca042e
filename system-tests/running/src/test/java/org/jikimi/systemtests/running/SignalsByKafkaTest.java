package org.jikimi.systemtests.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jikimi.local.Stack;
import org.jikimi.systemtests.Family;
import org.jikimi.systemtests.Rest;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Agencies that send signals by Kafka, each with its own Kafka user. */
@ExtendWith(RunningPlatform.class)
class SignalsByKafkaTest {
    private static final String INSURANCE = "health-insurance";
    private static final String JOSE = "application/jose";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String GOOD = """
            {"signalId":"%ID%","indicator":"NO_MEDICAL_USE","subject":{"scheme":"%SCHEME%","value":"%SUBJECT%"},"observedOn":"2026-09-20"}""";

    private final Stack stack;
    private final Rest rest;
    private final Family family = Family.next();
    private @Nullable PublicJsonWebKey known;

    SignalsByKafkaTest(Stack stack) {
        this.stack = stack;
        this.rest = new Rest(stack);
    }

    @Test
    void anUrgentSignalBringsSomebodyToTheDoor() throws Exception {
        family.register(rest);
        var signal = family.signal("SUSPECTED_ABUSE_MEDICAL_RECORD");

        try (var clinic = producer("clinic")) {
            clinic.send(sealed("clinic", signal.toString().getBytes(UTF_8))).get();
        }

        await().atMost(SOON).until(() -> isVisitPlanned());
    }

    @Test
    void everyBadSignalIsToldToItsSourceWithItsCodeAndEveryGoodOneIsTaken() throws Exception {
        family.register(rest);
        var bad = new ArrayList<Bad>();
        for (var line : BadLine.all("signals.ndjson.tsv")) {
            bad.add(new Bad(line.toString(), sealed(INSURANCE, line.bytes(family))));
        }
        bad.addAll(noCloudEvents());
        bad.addAll(notSealed());
        bad.addAll(notToBeOpened());
        bad.add(new Bad("no-cloud-event: nothing at all: ", new ProducerRecord<>("signals." + INSURANCE, new byte[0])));

        var end = end("signals.rejected." + INSURANCE);
        var before = accepted();
        var expected = new TreeMap<Long, String>();
        Map<Long, String> rejected;
        try (var _ = new WithoutBasis(rest);
                var insurance = producer(INSURANCE)) {
            for (var one : bad) {
                insurance.send(sealed(INSURANCE, good())).get();
                expected.put(insurance.send(one.record()).get().offset(), one.expected());
            }
            rejected = rejectedUntil(expected.lastKey(), end);
        }

        assertThat(BadLine.wrong(expected, rejected)).isEmpty();
        assertThat(rejected).hasSizeGreaterThanOrEqualTo(500);
        assertThat(accepted() - before).isEqualTo(bad.size());
    }

    /** @param expected the code and what is wrong */
    private record Bad(String expected, ProducerRecord<String, byte[]> record) {}

    private byte[] good() {
        return BadLine.bytes(GOOD, family);
    }

    /** How many of the insurance's lines were taken so far. */
    private long accepted() {
        var sources = rest.as("agency-" + INSURANCE)
                .get(Rest.Service.SCREENING, "signal-sources?days=366")
                .body();
        return sources.findValues("accepted").stream()
                .mapToLong(JsonNode::asLong)
                .sum();
    }

    private List<Bad> noCloudEvents() throws JoseException {
        var faults = new ArrayList<Bad>();
        for (var name : List.of("ce_specversion", "ce_type", "ce_id")) {
            var lacking = sealed(INSURANCE, good());
            lacking.headers().remove(name);
            faults.add(new Bad("no-cloud-event: no " + name, lacking));
            for (var value : List.of("", " ", "\t")) {
                faults.add(with(name, value));
            }
        }
        for (var version : List.of("0.3", "1", "1.0.0", "2.0", "v1.0")) {
            faults.add(with("ce_specversion", version));
        }
        for (var type : List.of(
                "org.jikimi.ChildFlagged.v1", "org.jikimi.Signal", "org.jikimi.Signal.v2", "org.jikimi.signal.v1")) {
            faults.add(with("ce_type", type));
        }
        return faults;
    }

    private Bad with(String name, String value) throws JoseException {
        var record = sealed(INSURANCE, good());
        record.headers().remove(name);
        header(record, name, value);
        return new Bad("no-cloud-event: " + name + " '" + value + "'", record);
    }

    private List<Bad> notSealed() throws JoseException {
        var faults = new ArrayList<Bad>();
        for (var scheme : List.of("RRN", "TNN", "TMN")) {
            var clear = BadLine.bytes(GOOD.replace("%SCHEME%", scheme), family);
            faults.add(new Bad("not-sealed: " + scheme, cloudEvent(INSURANCE, clear, "application/json")));
        }
        for (var type : List.of("", "application/cloudevents+json", "application/jose+json", "text/plain")) {
            faults.add(new Bad("not-sealed: as '" + type + "'", cloudEvent(INSURANCE, good(), type)));
            faults.add(new Bad("malformed-json: sealed, as '" + type + "'", cloudEvent(INSURANCE, seal(good()), type)));
        }
        faults.add(new Bad("malformed-json: no data", cloudEvent(INSURANCE, null, "application/json")));
        return faults;
    }

    private List<Bad> notToBeOpened() throws JoseException {
        var parts = new String(seal(good()), UTF_8).split("\\.");
        var compact = String.join(".", parts);
        var faults = new TreeMap<String, String>();
        faults.put("nothing", "");
        faults.put("blank", " \n");
        faults.put("zeros", "\0\0\0\0");
        faults.put("the line itself", new String(good(), UTF_8));
        faults.put("cut in half", compact.substring(0, compact.length() / 2));
        faults.put("twice", compact + "\n" + compact);
        faults.put("a part less", String.join(".", parts[0], parts[2], parts[3], parts[4]));
        faults.put("a part more", compact + ".AAAA");
        for (int part : new int[] {0, 2, 3, 4}) {
            var altered = parts.clone();
            altered[part] = (altered[part].startsWith("A") ? "B" : "A") + altered[part].substring(1);
            faults.put("part " + part + " altered", String.join(".", altered));
            altered[part] = "";
            faults.put("part " + part + " empty", String.join(".", altered));
        }
        faults.put("no key named", sealed(good(), "ECDH-ES", "A256GCM", null, key()));
        faults.put("a key of nobody", sealed(good(), "ECDH-ES", "A256GCM", "of-nobody", key()));
        faults.put("another key", sealed(good(), "ECDH-ES", "A256GCM", key().getKeyId(), anotherKey()));
        faults.put("another agreement", sealed(good(), "ECDH-ES+A256KW", "A256GCM", key().getKeyId(), key()));
        faults.put("another cipher", sealed(good(), "ECDH-ES", "A128GCM", key().getKeyId(), key()));
        return faults.entrySet().stream()
                .map(fault -> new Bad(
                        "cannot-be-opened: " + fault.getKey(),
                        cloudEvent(INSURANCE, fault.getValue().getBytes(UTF_8), JOSE)))
                .toList();
    }

    private PublicJsonWebKey anotherKey() throws JoseException {
        return EcJwkGenerator.generateJwk(
                ((EllipticCurveJsonWebKey) key()).getECPublicKey().getParams());
    }

    @Test
    void noAgencyWritesInTheNameOfAnotherOrReadsWhatAnotherIsTold() {
        try (var clinic = producer("clinic")) {
            assertThatThrownBy(() -> clinic.send(new ProducerRecord<>("signals.police", new byte[0]))
                            .get())
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
        try (var clinic = consumer("clinic")) {
            var place = List.of(new TopicPartition("signals.rejected.police", 0));
            clinic.assign(place);
            assertThatThrownBy(() -> clinic.endOffsets(place)).isInstanceOf(TopicAuthorizationException.class);
        }
    }

    private boolean isVisitPlanned() {
        var visits = rest.as("officer-" + family.district())
                .get(Rest.Service.CASES, "visits?state=PLANNED&limit=500")
                .body();
        return visits.findValuesAsText("childId").contains(childId());
    }

    private String childId() {
        var request = Rest.JSON.createObjectNode().put("purpose", "VISIT");
        request.set("identifier", family.child().path("identifier"));
        return rest.as("officer-" + family.district())
                .post(Rest.Service.SCREENING, "children/matches", request.toString())
                .body()
                .path("childId")
                .asText();
    }

    private KafkaProducer<String, byte[]> producer(String source) {
        return new KafkaProducer<>(stack.kafkaAgency(source), new StringSerializer(), new ByteArraySerializer());
    }

    private KafkaConsumer<String, String> consumer(String source) {
        return new KafkaConsumer<>(stack.kafkaAgency(source), new StringDeserializer(), new StringDeserializer());
    }

    private long end(String topic) {
        var place = new TopicPartition(topic, 0);
        try (var consumer = consumer(INSURANCE)) {
            return consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
        }
    }

    /** What the source is told, by the place of its record, up to the answer for the last. */
    private Map<Long, String> rejectedUntil(long last, long from) throws Exception {
        var rejected = new HashMap<Long, String>();
        var place = new TopicPartition("signals.rejected." + INSURANCE, 0);
        try (var consumer = consumer(INSURANCE)) {
            consumer.assign(List.of(place));
            consumer.seek(place, from);
            await().atMost(SOON).until(() -> {
                for (var told : consumer.poll(Duration.ofMillis(200))) {
                    JsonNode data = Rest.JSON.readTree(told.value());
                    assertThat(data.path("message").asText()).isNotBlank();
                    rejected.put(data.path("offset").asLong(), data.path("code").asText());
                }
                return rejected.containsKey(last);
            });
        }
        return rejected;
    }

    private ProducerRecord<String, byte[]> sealed(String source, byte[] data) throws JoseException {
        return cloudEvent(source, seal(data), JOSE);
    }

    private byte[] seal(byte[] data) throws JoseException {
        return sealed(data, "ECDH-ES", "A256GCM", key().getKeyId(), key()).getBytes(UTF_8);
    }

    private static String sealed(
            byte[] data, String agreement, String cipher, @Nullable String keyId, PublicJsonWebKey key)
            throws JoseException {
        var jwe = new JsonWebEncryption();
        jwe.setAlgorithmHeaderValue(agreement);
        jwe.setEncryptionMethodHeaderParameter(cipher);
        if (keyId != null) {
            jwe.setKeyIdHeaderValue(keyId);
        }
        jwe.setKey(key.getPublicKey());
        jwe.setPlaintext(data);
        return jwe.getCompactSerialization();
    }

    private static ProducerRecord<String, byte[]> cloudEvent(
            String source, byte @Nullable [] data, String contentType) {
        var record = new ProducerRecord<String, byte[]>("signals." + source, data);
        header(record, "ce_specversion", "1.0");
        header(record, "ce_id", UUID.randomUUID().toString());
        header(record, "ce_type", "org.jikimi.Signal.v1");
        header(record, "ce_source", "/" + source);
        header(record, "content-type", contentType);
        return record;
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(UTF_8));
    }

    private PublicJsonWebKey key() throws JoseException {
        var key = known;
        if (key == null) {
            var set = rest.as("agency-clinic")
                    .get(Rest.Service.SCREENING, "signal-keys")
                    .body();
            key = PublicJsonWebKey.Factory.newPublicJwk(set.path("keys").path(0).toString());
            known = key;
        }
        return key;
    }
}
