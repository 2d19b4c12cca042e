package org.jikimi.screening.signal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.inbox.RecordInbox;
import org.jikimi.runtime.keys.ConfiguredKeyring;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.screening.World;
import org.jikimi.screening.registry.SendChildren;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signals by Kafka come to the same as signals by REST. */
class SignalIntakeTest {
    private static final String TOLD = """
            SELECT type || ' ' || (convert_from(payload, 'UTF8')::json ->> 'code') FROM outbox
            WHERE type LIKE 'signals.%' ORDER BY type, id""";

    private World world;
    private SignalKeys keys;
    private RecordInbox inbox;
    private long offset;

    @BeforeEach
    void aChild() throws Exception {
        world = new World();
        SendChildren.send(world, "all", SendChildren.child("1", "H-1", "2023-05-01"));
        keys = new SignalKeys(world.keys);
        inbox = inbox("clinic", "power-utility", "clinic/00000000-0000-7000-8000-000000000001");
    }

    @Test
    void aSignalOfAHouseholdIsStoredAsByRest() throws SQLException {
        take(record("power-utility", power("s1")));

        assertThat(world.query("SELECT source || ' ' || signal_id FROM signal")).containsExactly("power-utility s1");
        assertThat(world.query("SELECT 1 FROM child_state WHERE mask <> 0")).hasSize(1);
        assertThat(told()).isEmpty();
    }

    @Test
    void anUrgentSignalThatNamesAChildByItsNumberIsSealedAndFlagsAtOnce() throws Exception {
        take(sealed("clinic", medical("s1", "1")));

        assertThat(world.query("SELECT type FROM outbox")).containsExactly("ChildFlagged");
    }

    @Test
    void whatIsNotTakenIsToldToItsSourceAloneAndEveryOtherIsTaken() throws Exception {
        take(
                record("power-utility", power("s1")),
                record("power-utility", "{\"signalId\":"),
                record("power-utility", power("s2").replace("POWER_CUTOFF", "BAD_LUCK")),
                record("power-utility", power("s3").replace("H-1", "H-unknown")),
                record("power-utility", power("s4").replace("2026-09-20", "2027-01-01")),
                record("clinic", power("s5")),
                sealed("clinic", medical("s6", "unknown")),
                record("power-utility", power("s7")));

        assertThat(world.query("SELECT signal_id FROM signal ORDER BY signal_id"))
                .containsExactly("s1", "s7");
        assertThat(told())
                .containsExactlyInAnyOrder(
                        "signals.rejected.power-utility malformed-json",
                        "signals.rejected.power-utility unknown-indicator",
                        "signals.rejected.power-utility unknown-subject",
                        "signals.rejected.power-utility future-date",
                        "signals.rejected.clinic wrong-source",
                        "signals.rejected.clinic unknown-subject");
        assertThat(world.query("SELECT source || ' ' || sum(accepted) || ' ' || sum(rejected) FROM source_day "
                        + "GROUP BY source ORDER BY source"))
                .containsExactly("clinic 0 2", "power-utility 2 4");
    }

    @Test
    void aRecordWithWhichStoringFailsIsToldCountedAndAuditedAndTheOthersAreTaken() throws SQLException {
        world.execute("ALTER TABLE signal ADD CHECK (signal_id <> 'poison')");

        take(record("power-utility", power("s1")), record("power-utility", power("poison")));

        assertThat(world.query("SELECT signal_id FROM signal")).containsExactly("s1");
        assertThat(told()).containsExactly("signals.rejected.power-utility not-taken");
        assertThat(world.query("SELECT concat_ws(' ', source, bit, accepted, rejected) FROM source_day ORDER BY bit"))
                .containsExactly("power-utility -1 0 1", "power-utility 13 1 0");
        assertThat(world.query("SELECT code || ' ' || lines FROM source_rejection"))
                .containsExactly("not-taken 1");
        assertThat(world.audited)
                .filteredOn(entry -> entry.action().equals("signal-records.send"))
                .hasSize(2);
    }

    @Test
    void aSignalOfAnIndicatorWithoutALegalBasisIsToldSoAndTheOthersAreTaken() throws Exception {
        world.withdrawBasis("POWER_CUTOFF");

        take(record("power-utility", power("s1")), sealed("clinic", medical("s2", "1")));

        assertThat(told()).containsExactly("signals.rejected.power-utility no-legal-basis");
        assertThat(world.query("SELECT signal_id FROM signal")).containsExactly("s2");
    }

    @Test
    void rejectionsAreToldInTheOrderOfTheirRecordsWheneverTheyWereFound() throws SQLException {
        take(
                record("power-utility", power("s1").replace("H-1", "H-unknown")),
                record("power-utility", "{\"signalId\":"),
                record("power-utility", power("s2").replace("H-1", "H-unknown")));

        assertThat(told())
                .containsExactly(
                        "signals.rejected.power-utility unknown-subject",
                        "signals.rejected.power-utility malformed-json",
                        "signals.rejected.power-utility unknown-subject");
    }

    @Test
    void aNationalIdentifierInTheClearIsRefusedWhateverElseIsWrong() throws SQLException {
        take(
                record("clinic", medical("s1", "1")),
                record("clinic", medical("s2", "1").replace("2026", "2027")));

        assertThat(told()).containsExactly("signals.rejected.clinic not-sealed", "signals.rejected.clinic not-sealed");
        assertThat(world.query("SELECT convert_from(payload, 'UTF8') FROM outbox"))
                .noneMatch(told -> told.contains("\"1\""));
    }

    @Test
    void whatWasSealedToAnOlderKeyIsOpenedAndWhatWasAlteredIsNot() throws Exception {
        var old = newestKey();
        world.transactions.run(tx -> keys.make(tx, EventIds.next(), world.times.now()));
        assertThat(newestKey().getKeyId()).isNotEqualTo(old.getKeyId());
        var good = seal(medical("s1", "1"), old);

        take(
                record("clinic", good, SignalIntake.SEALED),
                record("clinic", good.substring(0, good.length() - 4) + "AAAA", SignalIntake.SEALED),
                record("clinic", "not sealed at all", SignalIntake.SEALED));

        assertThat(world.query("SELECT signal_id FROM signal")).containsExactly("s1");
        assertThat(told())
                .containsExactly(
                        "signals.rejected.clinic cannot-be-opened", "signals.rejected.clinic cannot-be-opened");
    }

    @Test
    void signalsWaitWhileAKeyOfTheRingIsMissingAndNoneIsRefused() throws Exception {
        newestKey();
        var right = keys;
        keys = new SignalKeys(new ConfiguredKeyring(Map.of("other", new byte[32]), "other", "other"));
        var lacking = inbox("power-utility");
        var signal = record("power-utility", power("s1"));

        assertThatThrownBy(() -> lacking.receive(List.of(signal))).isInstanceOf(SQLException.class);
        assertThat(told()).isEmpty();
        keys = right;
        inbox("power-utility").receive(List.of(signal));

        assertThat(world.query("SELECT signal_id FROM signal")).containsExactly("s1");
    }

    @Test
    void whatIsNoCloudEventIsRefused() throws SQLException {
        var good = record("power-utility", power("s1"));
        take(
                with(good, Map.of()),
                with(good, Map.of("ce_specversion", "1.0", "ce_type", "other", "ce_id", "x")),
                with(good, Map.of("ce_specversion", "1.0", "ce_type", SignalIntake.CE_TYPE, "ce_id", " ")));

        assertThat(told())
                .containsOnly("signals.rejected.power-utility no-cloud-event")
                .hasSize(3);
    }

    @Test
    void sendingAgainAndReadingAgainChangesNothing() throws SQLException {
        var once = record("power-utility", power("s1"));
        take(once);
        var state = world.query("SELECT mask::text || observed::text FROM child_state");

        take(once);
        take(record("power-utility", power("s1")));

        assertThat(world.query("SELECT signal_id FROM signal")).containsExactly("s1");
        assertThat(world.query("SELECT mask::text || observed::text FROM child_state"))
                .isEqualTo(state);
        assertThat(told()).isEmpty();
    }

    @Test
    void aRecordThatWaitedInKafkaTakesThePlaceOfNoNewerWord() throws Exception {
        SendSignals.send(world, "power-utility", "cleared", cleared("s1", "2026-09-25"));

        take(waited(Duration.ofHours(1), record("power-utility", power("s1"))));

        assertThat(world.query("SELECT cleared_on FROM signal")).containsExactly("2026-09-25");
        assertThat(world.query("SELECT sum(accepted) || ' ' || sum(duplicates) FROM source_day"))
                .containsExactly("1 1");
    }

    @Test
    void norDoesItWhereTheNewerWordSaysWhatWasKnown() throws Exception {
        take(record("power-utility", power("s1")));
        world.execute("UPDATE signal SET said_at = said_at - interval '2 hours'");
        take(record("power-utility", power("s1")));

        take(waited(Duration.ofHours(1), record("power-utility", cleared("s1", "2026-09-25"))));

        assertThat(world.query("SELECT cleared_on FROM signal WHERE cleared_on IS NOT NULL"))
                .isEmpty();
    }

    @Test
    void ofRecordsThatAreReadTogetherEachIsAsNewAsKafkaTookIt() throws Exception {
        SendSignals.send(world, "power-utility", "cleared", cleared("s1", "2026-09-25"));

        take(
                waited(Duration.ofHours(1), record("power-utility", power("s1"))),
                waited(Duration.ofSeconds(1), record("power-utility", cleared("s1", "2026-09-24"))),
                waited(Duration.ofHours(1), record("power-utility", power("s1"))));

        assertThat(world.query("SELECT cleared_on FROM signal")).containsExactly("2026-09-24");
    }

    @Test
    void oneOfSeveralAgenciesOfAKindHasATopicAndIdsOfItsOwn() throws Exception {
        var agency = "00000000-0000-7000-8000-000000000001";
        take(sealed("clinic", medical("s1", "1")), sealed("clinic." + agency, medical("s1", "1")));

        assertThat(world.query("SELECT source FROM signal ORDER BY source")).containsExactly(agency, "clinic");
        assertThat(world.audited)
                .filteredOn(entry -> entry.action().equals("signal-records.send"))
                .extracting(entry -> String.valueOf(entry.agencyId()))
                .containsExactly("null", agency);
    }

    @Test
    void aSourceThatSendsNoIndicatorIsRefusedAtTheStart() {
        assertThatThrownBy(() -> inbox("astrologer")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> inbox("Clinic 1")).isInstanceOf(IllegalArgumentException.class);
    }

    private RecordInbox inbox(String... sources) {
        var intake = new SignalIntake(
                List.of(sources),
                world.bases,
                world.keys,
                keys,
                world.act,
                new SignalRefusals(new Outbox(), world.times),
                (tx, entry) -> world.audited.add(entry),
                world.times);
        return new RecordInbox("screening", world.transactions, intake);
    }

    private void take(ReceivedEvent... records) throws SQLException {
        inbox.receive(List.of(records));
    }

    private List<String> told() throws SQLException {
        return world.query(TOLD);
    }

    private static String power(String id) {
        return SendSignals.signal(id, "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-20");
    }

    private static String cleared(String id, String day) {
        return SendSignals.signal(id, "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-20", day);
    }

    private ReceivedEvent waited(Duration time, ReceivedEvent record) {
        var headers = new HashMap<>(record.headers());
        headers.put(ReceivedEvent.WAITED, String.valueOf(time.toMillis()));
        return with(record, headers);
    }

    private static String medical(String id, String number) {
        return SendSignals.signal(id, "SUSPECTED_ABUSE_MEDICAL_RECORD", "RRN", number, "2026-09-20");
    }

    private ReceivedEvent sealed(String source, String data) throws Exception {
        return record(source, seal(data, newestKey()), SignalIntake.SEALED);
    }

    private PublicJsonWebKey newestKey() throws SQLException {
        return world.transactions
                .run(tx -> keys.all(tx, EventIds.next(), world.times.now()))
                .getFirst();
    }

    private static String seal(String data, PublicJsonWebKey key) throws JoseException {
        var jwe = new JsonWebEncryption();
        jwe.setAlgorithmHeaderValue("ECDH-ES");
        jwe.setEncryptionMethodHeaderParameter("A256GCM");
        jwe.setKeyIdHeaderValue(key.getKeyId());
        jwe.setKey(key.getPublicKey());
        jwe.setPayload(data);
        return jwe.getCompactSerialization();
    }

    private ReceivedEvent record(String source, String data) {
        return record(source, data, "application/json");
    }

    private ReceivedEvent record(String source, String data, String contentType) {
        var id = EventIds.next();
        var headers = Map.of(
                "ce_specversion",
                "1.0",
                "ce_type",
                SignalIntake.CE_TYPE,
                "ce_id",
                id.toString(),
                "content-type",
                contentType);
        return new ReceivedEvent(id, "signals." + source, 0, offset++, "", headers, data.getBytes(UTF_8));
    }

    private ReceivedEvent with(ReceivedEvent record, Map<String, String> headers) {
        return new ReceivedEvent(record.id(), record.topic(), 0, offset++, "", headers, record.payload());
    }
}
