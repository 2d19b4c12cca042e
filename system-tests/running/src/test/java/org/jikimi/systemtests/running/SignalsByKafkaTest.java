package org.jikimi.systemtests.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
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
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Agencies that send signals by Kafka, each with its own Kafka user. */
@ExtendWith(RunningPlatform.class)
class SignalsByKafkaTest {
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
        var expected = new TreeMap<Long, String>();
        var end = end("signals.rejected.health-insurance");
        long last = 0;
        try (var insurance = producer("health-insurance")) {
            for (var bad : BadLine.all("signals.ndjson.tsv")) {
                var place = insurance.send(sealed("health-insurance", bad.bytes(family)));
                expected.put(place.get().offset(), bad.toString());
                last = insurance
                        .send(sealed("health-insurance", BadLine.bytes(GOOD, family)))
                        .get()
                        .offset();
            }
            last = insurance
                    .send(new ProducerRecord<>("signals.health-insurance", new byte[] {0}))
                    .get()
                    .offset();
            expected.put(last, "no-cloud-event: nothing at all: ");
        }

        var rejected = rejectedUntil(last, end);
        assertThat(BadLine.wrong(expected, rejected)).isEmpty();
        assertThat(rejected).hasSizeGreaterThan(400);
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
        try (var consumer = consumer("health-insurance")) {
            return consumer.endOffsets(List.of(place)).getOrDefault(place, 0L);
        }
    }

    /** What the source is told, by the place of its record, up to the answer for the last. */
    private Map<Long, String> rejectedUntil(long last, long from) throws Exception {
        var rejected = new HashMap<Long, String>();
        var place = new TopicPartition("signals.rejected.health-insurance", 0);
        try (var consumer = consumer("health-insurance")) {
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
        var jwe = new JsonWebEncryption();
        var key = key();
        jwe.setAlgorithmHeaderValue("ECDH-ES");
        jwe.setEncryptionMethodHeaderParameter("A256GCM");
        jwe.setKeyIdHeaderValue(key.getKeyId());
        jwe.setKey(key.getPublicKey());
        jwe.setPlaintext(data);
        var record = new ProducerRecord<String, byte[]>(
                "signals." + source, jwe.getCompactSerialization().getBytes(UTF_8));
        header(record, "ce_specversion", "1.0");
        header(record, "ce_id", UUID.randomUUID().toString());
        header(record, "ce_type", "org.jikimi.Signal.v1");
        header(record, "ce_source", "/" + source);
        header(record, "content-type", "application/jose");
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
