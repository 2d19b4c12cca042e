package org.jikimi.screening.signal;

import static org.jikimi.screening.signal.SendSignals.send;
import static org.jikimi.screening.signal.SendSignals.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jikimi.runtime.due.DueRunner;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.World;
import org.jikimi.screening.batch.BatchKind;
import org.jikimi.screening.batch.Receipt;
import org.jikimi.screening.batch.Reception;
import org.jikimi.screening.batch.Upload;
import org.jikimi.screening.registry.SendChildren;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignalBatchTest {
    private static final String LANDED_AND_KEPT =
            "SELECT (SELECT count(*) FROM signal_raw) || ' ' || (SELECT count(*) FROM signal)";

    private static final String POWER = "power-utility";
    private World world;

    @BeforeEach
    void aHouseholdOfTwo() throws Exception {
        world = new World();
        SendChildren.send(
                world,
                "children",
                SendChildren.child("A1", "H-1", "2015-05-01") + SendChildren.child("A2", "H-1", "2012-05-01"));
    }

    @Test
    void everyBadLineIsToldWithItsNumberAndNothingElseIsLost() throws Exception {
        var good = signal("S1", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01");
        var lines = good
                + "{\"signalId\":\n"
                + "[1]\n"
                + "{\"a\":".repeat(20) + "1" + "}".repeat(20) + "\n"
                + signal("S2", "NO_SUCH", "HOUSEHOLD", "H-1", "2026-09-01")
                + signal("S3", "POWER_CUTOFF", "HOUSEHOLD", "H-9", "2026-09-01")
                + signal("S4", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-10-02")
                + signal("S5", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "yesterday")
                + "{\"signalId\":6}\n"
                + "\n"
                + signal("S7", "WATER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01")
                + "{\"signalId\":\"S8\"}\n"
                + signal("S9", "POWER_CUTOFF", "NAME", "H-1", "2026-09-01")
                + signal("S10", "POWER_CUTOFF", "CHILD_ID", "not-a-uuid", "2026-09-01")
                + signal("S11", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-10", "2026-09-01")
                + good
                + signal("S12", "POWER_CUTOFF", "RRN", "A2", "2026-09-03");

        var receipt = received(send(world, POWER, "b1", lines));

        assertEquals(List.of(16L, 2L, 1L, 13L), counts(receipt));
        assertEquals(
                List.of(
                        "2 malformed-json",
                        "3 malformed-json",
                        "4 too-deep",
                        "5 unknown-indicator",
                        "6 unknown-subject",
                        "7 future-date",
                        "8 wrong-type",
                        "9 wrong-type",
                        "11 wrong-source",
                        "12 missing-field",
                        "13 invalid-value",
                        "14 invalid-value",
                        "15 invalid-value"),
                world.query("SELECT line || ' ' || code FROM batch_rejection ORDER BY line"));
        assertEquals(
                1,
                world.audited.stream()
                        .filter(e -> e.action().equals("signal-batch.send"))
                        .count());
    }

    @Test
    void aLineOfAnIndicatorWithoutALegalBasisIsToldSoAndTheOthersAreTaken() throws Exception {
        world.withdrawBasis("HEALTH_INSURANCE_ARREARS");

        var receipt = received(send(
                world,
                "health-insurance",
                "b1",
                signal("S1", "NO_MEDICAL_USE", "RRN", "A1", "2026-09-01")
                        + signal("S2", "HEALTH_INSURANCE_ARREARS", "HOUSEHOLD", "H-1", "2026-09-01")
                        + signal("S3", "NO_MEDICAL_USE", "RRN", "A2", "2026-09-01")));

        assertEquals(List.of(3L, 2L, 0L, 1L), counts(receipt));
        assertEquals(
                List.of("2 no-legal-basis HEALTH_INSURANCE_ARREARS"),
                world.query("SELECT line || ' ' || code || ' ' || indicator FROM batch_rejection"));
        assertEquals(List.of("S1", "S3"), world.query("SELECT signal_id FROM signal ORDER BY signal_id"));
    }

    @Test
    void aLineOfTenMegabytesIsRejectedAndTheNextOneTaken() throws Exception {
        var lines = "{\"signalId\":\"" + "x".repeat(10_000_000) + "\"}\n"
                + signal("S1", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01");

        var receipt = received(send(world, POWER, "b1", lines));

        assertEquals(List.of(2L, 1L, 0L, 1L), counts(receipt));
        assertEquals(List.of("too-long"), world.query("SELECT code FROM batch_rejection"));
    }

    @Test
    void anEmptyFileIsFinePlainAndPacked() throws Exception {
        assertEquals(List.of(0L, 0L, 0L, 0L), counts(received(send(world, POWER, "b1", ""))));
        assertEquals(
                List.of(0L, 0L, 0L, 0L),
                counts(received(send(world, POWER, "b2", false, true, new ByteArrayInputStream(new byte[0])))));
        assertEquals(List.of(0L, 0L, 0L, 0L), counts(received(send(world, POWER, "b3", false, true, zipped("")))));
    }

    @Test
    void commaSeparatedValuesAreTakenToo() throws Exception {
        var csv = """
                \uFEFFsignalId,indicator,subjectScheme,subjectValue,observedOn,clearedOn
                S1,POWER_CUTOFF,HOUSEHOLD,H-1,2026-09-01,
                "S,2",POWER_CUTOFF,HOUSEHOLD,"H-1",2026-09-02,2026-09-03
                S3,POWER_CUTOFF,HOUSEHOLD
                """.replace("\n", "\r\n");

        var receipt = received(send(world, POWER, "b1", true, true, zipped(csv)));

        assertEquals(List.of(3L, 2L, 0L, 1L), counts(receipt));
        assertEquals(List.of("4 malformed-csv"), world.query("SELECT line || ' ' || code FROM batch_rejection"));
    }

    @Test
    void aHeadingThatNamesNoColumnStopsTheBatch() throws Exception {
        var reception = send(world, POWER, "b1", true, false, stream("S1,POWER_CUTOFF,HOUSEHOLD\n"));

        assertEquals("csv-heading", stopped(reception).problem().code());
    }

    @Test
    void aGzipBombIsStopped() throws Exception {
        var bomb = zipped("{\"signalId\":\"" + " ".repeat(60_000_000) + "\"}\n");

        assertEquals(
                "gzip-bomb",
                stopped(send(world, POWER, "b1", false, true, bomb)).problem().code());
    }

    @Test
    void halfAGzipIsAProblemAndNotAFailure() throws Exception {
        var whole = zipped(signal("S1", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01"))
                .readAllBytes();
        var half = new ByteArrayInputStream(whole, 0, whole.length / 2);

        assertEquals(
                "malformed-gzip",
                stopped(send(world, POWER, "b1", false, true, half)).problem().code());
        assertEquals(
                "malformed-gzip",
                stopped(send(world, POWER, "b2", false, true, stream("plain")))
                        .problem()
                        .code());
    }

    @Test
    void theSameKeyGoesOnWhereItEndedAndADifferingChunkStops() throws Exception {
        var all = many(0, 20_500);
        assertTrue(breaksOff(many(0, 10_000) + many(10_000, 15_000)));
        assertEquals(
                List.of("1"),
                world.query("SELECT count(*) FROM batch_chunk JOIN batch b ON b.id = batch_id WHERE kind = 'SIGNALS'"));

        var receipt = received(send(world, POWER, "big", all));
        assertEquals(List.of(20_500L, 20_500L, 0L, 0L), counts(receipt));
        assertEquals(receipt, received(send(world, POWER, "big", all)));

        var other = stopped(send(world, POWER, "big", all.replace("S10500\"", "S10500x\"")));
        assertEquals("batch-differs", other.problem().code());
        assertEquals(List.of(20_500L, 20_500L, 0L, 0L), counts(other.receipt()));
        assertEquals(
                "batch-differs",
                stopped(send(world, POWER, "big", many(0, 10_000))).problem().code());
        assertEquals(List.of("20500"), world.query("SELECT count(*) FROM signal"));
    }

    @Test
    void theReceiptNamesTheFileByItsHashWhetherPlainOrPacked() throws Exception {
        var file = "\uFEFFsignalId,indicator,subjectScheme,subjectValue,observedOn,clearedOn\r\n\r\n"
                + "S1,POWER_CUTOFF,HOUSEHOLD,H-1,2026-09-01,\r\n"
                + "x".repeat(300_000) + "\n"
                + "S2,POWER_CUTOFF,HOUSEHOLD,H-1,2026-09-02,";

        assertEquals(
                sha256(file),
                received(send(world, POWER, "b1", true, false, stream(file))).sha256());
        assertEquals(
                sha256(file),
                received(send(world, POWER, "b2", true, true, zipped(file))).sha256());
        assertEquals(
                sha256(""),
                received(send(world, POWER, "b3", true, true, zipped(""))).sha256());
    }

    @Test
    void aFileThatBrokeOffIsNamedByItsHashOnceItCameWholeAndNoOtherTakesItsPlace() throws Exception {
        var all = many(0, 20_500);
        assertTrue(breaksOff(many(0, 15_000)));
        var half = many(0, 10_000).replace("S10\"", "S10x\"");
        assertNull(stopped(send(world, POWER, "big", half)).receipt().sha256());

        var receipt = received(send(world, POWER, "big", all));
        assertEquals(sha256(all), receipt.sha256());
        assertEquals(
                sha256(all),
                stopped(send(world, POWER, "big", all.replace("S10500\"", "S10500x\"")))
                        .receipt()
                        .sha256());
        assertEquals(sha256(all), received(send(world, POWER, "big", all)).sha256());
    }

    @Test
    void theHashOfAFileIsKeptEncryptedForAFileOfOneLineCouldBeGuessed() throws Exception {
        var line = signal("S1", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01");

        send(world, POWER, "b1", line);

        assertEquals(
                List.of("f"),
                world.query("SELECT position('" + sha256(line) + "'::bytea IN sha256) > 0 " + "OR position(decode('"
                        + sha256(line) + "', 'hex') IN sha256) > 0 FROM batch WHERE key = 'b1'"));
    }

    @Test
    void whatLandedBeforeTheServiceDiedIsSettledByItself() throws Exception {
        var upload = new Upload(world.source(POWER), POWER, "big", false, false, stream(many(0, 20)));
        assertThrows(
                IllegalStateException.class,
                () -> world.receive.receive(BatchKind.SIGNALS, new DiesBeforeItSettles(world, POWER), upload));
        assertEquals(List.of("20 0"), world.query(LANDED_AND_KEPT));

        var later = new Times(() -> world.times.now().plus(Duration.ofMinutes(11)));
        var leftovers = new SettleLeftovers(world.receive, world.keys, later, world.act, new DueWork());
        new DueRunner(world.transactions, later, List.of(leftovers)).runDue();

        assertEquals(List.of("20 20"), world.query(LANDED_AND_KEPT));
        assertEquals(List.of("8192 {9740}", "8192 {9740}"), states());
        assertEquals(List.of(20L, 20L, 0L, 0L), counts(received(send(world, POWER, "big", many(0, 20)))));
    }

    @Test
    void whatLandedIsSettledHoweverLateTheServiceComesBack() throws Exception {
        var upload = new Upload(world.source(POWER), POWER, "big", false, false, stream(many(0, 20)));
        assertThrows(
                IllegalStateException.class,
                () -> world.receive.receive(BatchKind.SIGNALS, new DiesBeforeItSettles(world, POWER), upload));

        var later = new Times(() -> world.times.now().plus(Duration.ofDays(30)));
        var leftovers = new SettleLeftovers(world.receive, world.keys, later, world.act, new DueWork());
        new DueRunner(world.transactions, later, List.of(leftovers)).runDue();

        assertEquals(List.of("20 20"), world.query(LANDED_AND_KEPT));
        assertEquals(List.of("0"), world.query("SELECT count(*) FROM due_work"));
    }

    @Test
    void aHouseholdSignalReachesEveryChildAndRepeatsDoNotAddUp() throws Exception {
        send(
                world,
                POWER,
                "b1",
                signal("S1", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-08-01")
                        + signal("S2", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01")
                        + signal("S3", "POWER_CUTOFF", "RRN", "A2", "2026-08-15"));

        assertEquals(List.of("8192 {9740}", "8192 {9740}"), states());
    }

    @Test
    void clearingAndCorrectingASignalRefoldsTheChildren() throws Exception {
        send(world, POWER, "b1", signal("S1", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01"));
        send(world, POWER, "b2", signal("S1", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-02"));
        assertEquals(List.of("8192 {9741}", "8192 {9741}"), states());

        send(world, POWER, "b3", signal("S1", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-02", "2026-09-05"));
        assertEquals(List.of("0 {}", "0 {}"), states());
    }

    @Test
    void aChildThatComesLaterGetsTheSignalsOfItsHousehold() throws Exception {
        send(world, POWER, "b1", signal("S1", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01"));
        SendChildren.send(world, "more", SendChildren.child("A3", "H-1", "2026-09-20"));

        assertEquals(3, states().stream().filter(s -> s.equals("8192 {9740}")).count());
    }

    @Test
    void anUrgentSignalFlagsOnceAndNamesTheSiblings() throws Exception {
        var urgent = signal("U1", "SUSPECTED_ABUSE_MEDICAL_RECORD", "RRN", "A1", "2026-09-30");
        send(world, "clinic", "b1", urgent);
        send(world, "clinic", "b2", urgent + signal("U2", "SUSPECTED_ABUSE_MEDICAL_RECORD", "RRN", "A1", "2026-10-01"));

        assertEquals(
                List.of("FLAGGED true 41"), world.query("SELECT state || ' ' || urgent || ' ' || score FROM flag"));
        var payloads = world.query("SELECT convert_from(payload, 'UTF8') FROM outbox WHERE type = 'ChildFlagged'");
        assertEquals(1, payloads.size());
        var sibling =
                world.query("SELECT c.id FROM child c WHERE NOT EXISTS (SELECT 1 FROM flag f WHERE f.child_id = c.id)");
        assertTrue(payloads.getFirst().contains("\"siblingIds\":[\"" + sibling.getFirst() + "\"]"));
    }

    private List<String> states() throws SQLException {
        return world.query("SELECT mask || ' ' || observed::text FROM child_state ORDER BY child_id");
    }

    private static String many(int from, int to) {
        var lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append(signal("S" + i, "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01"));
        }
        return lines.toString();
    }

    private boolean breaksOff(String lines) throws SQLException {
        try {
            send(world, POWER, "big", false, false, new BrokenStream(lines));
            return false;
        } catch (IOException gone) {
            return true;
        }
    }

    private static Receipt received(Reception reception) {
        return assertInstanceOf(Reception.Received.class, reception).receipt();
    }

    private static Reception.Stopped stopped(Reception reception) {
        return assertInstanceOf(Reception.Stopped.class, reception);
    }

    private static List<Long> counts(Receipt receipt) {
        return List.of(receipt.received(), receipt.accepted(), receipt.duplicates(), receipt.rejected());
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream zipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
