package org.jikimi.screening.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.signal.SendSignals.signal;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jikimi.runtime.keys.SubjectRing;
import org.jikimi.screening.World;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.outcome.OpenHelp;
import org.jikimi.screening.registry.Identifiers;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.signal.SendSignals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Children of the registry in a night: who has come of age, who has a brother, who is still worked for. */
class EraseChildrenTest {
    private static final Instant NIGHT = Instant.parse("2026-10-01T18:00:00Z");

    /** What may still tell the pseudonym: that it was erased, and what was told before, which goes by itself. */
    private static final String KNOWS_IDS = "^(erasure.*|subject_key|outbox.*|inbox.*|audit.*|flyway.*)$";

    private World world;
    private Erasing erasing;

    @BeforeEach
    void aRegistry() throws Exception {
        world = new World();
        erasing = new Erasing(world);
        SendChildren.send(
                world,
                "children",
                child("GROWN", "H-1", "2005-05-01")
                        + child("BROTHER", "H-1", "2015-05-01")
                        + child("ALONE", "H-2", "2005-06-01"));
        SendSignals.send(
                world,
                "power-utility",
                "old",
                signal("S1", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2021-09-01", "2021-10-01")
                        + signal("S2", "POWER_CUTOFF", "HOUSEHOLD", "H-2", "2021-09-01", "2021-10-01"));
    }

    @Test
    void whatWasKeptOfAnErasedChildIsNowhereAndOthersKeepAllOfTheirs() throws Exception {
        var grown = id("2005-05-01");
        var brother = world.query("SELECT c::text FROM child c WHERE birth_date = '2015-05-01'");
        var signals = world.query("SELECT s::text FROM signal s WHERE signal_id = 'S1'");
        var mac = HexFormat.of().formatHex(Identifiers.mac(world.keys, "RRN", "GROWN"));
        assertThat(traces(grown.toString())).contains("child");
        assertThat(traces(mac)).containsExactly("child_identifier");
        assertThat(readable("합성 GROWN", grown)).isTrue();

        erasing.on(NIGHT);

        assertThat(traces(grown.toString())).isEmpty();
        assertThat(traces(mac)).isEmpty();
        assertThat(traces("2005-0[56]-01")).isEmpty();
        assertThat(readable("합성 GROWN", grown)).isFalse();
        assertThat(readable("합성 BROTHER", id("2015-05-01"))).isTrue();
        assertThat(world.query("SELECT c::text FROM child c")).isEqualTo(brother);
        assertThat(world.query("SELECT s::text FROM signal s")).isEqualTo(signals);
        assertThat(world.query("SELECT count(*) FROM household")).containsExactly("1");
        assertThat(world.query("SELECT signal_id FROM signal_raw")).containsExactly("S1");
    }

    @Test
    void whatWasFoundOfAnErasedChildWaitsForNoIndicatorAnyMore() throws Exception {
        var grown = id("2005-05-01");
        var brother = id("2015-05-01");
        for (var child : List.of(grown, brother)) {
            world.execute("INSERT INTO due_work (kind, subject, due_at) VALUES ('own-signals', '" + child
                    + "/again', now())");
        }

        erasing.on(NIGHT);

        assertThat(traces(grown.toString())).isEmpty();
        assertThat(world.query("SELECT subject FROM due_work WHERE kind = 'own-signals'"))
                .containsExactly(brother + "/again");
    }

    @Test
    void aHomeThatAnErasedChildHadLeftBeforeGoesWithWhatWasSaidOfIt() throws Exception {
        var home = HexFormat.of().formatHex(world.keys.mac("household", "H-2".getBytes(UTF_8)));
        assertThat(traces(home)).contains("household", "signal_raw");
        SendChildren.send(world, "moved", child("ALONE", "H-1", "2005-06-01"));

        erasing.on(NIGHT);

        assertThat(traces(home)).isEmpty();
        assertThat(world.query("SELECT signal_id FROM signal")).containsExactly("S1");
        assertThat(world.query("SELECT signal_id FROM signal_raw")).containsExactly("S1");
        assertThat(world.query("SELECT count(*) FROM household")).containsExactly("1");
    }

    @Test
    void whatWasToldOfAHouseholdByAnErasedChildStaysAndNotByWhom() throws Exception {
        var mac = HexFormat.of().formatHex(Identifiers.mac(world.keys, "RRN", "GROWN"));
        SendSignals.send(
                world, "power-utility", "by", signal("S3", "POWER_CUTOFF", "RRN", "GROWN", "2021-09-01", "2021-10-01"));
        assertThat(traces(mac)).contains("signal", "signal_raw");

        erasing.on(NIGHT);

        assertThat(traces(mac)).isEmpty();
        assertThat(world.query("SELECT signal_id FROM signal ORDER BY 1")).containsExactly("S1", "S3");
    }

    @Test
    void thatAVisitWasRefusedIsStillCountedAndNotWhere() throws Exception {
        var alone = id("2005-06-01");
        var home = world.query("SELECT household_id FROM child WHERE id = '" + alone + "'")
                .getFirst();
        world.execute("INSERT INTO concern (child_id, kind, ref, happened_at, household_id) "
                + "VALUES ('%s', 'VISIT_REFUSED', gen_random_uuid(), '2021-09-01', '%s')".formatted(alone, home));
        assertThat(traces(home)).contains("concern");

        erasing.on(NIGHT);

        assertThat(traces(home)).isEmpty();
        assertThat(world.query("SELECT kind FROM concern")).containsExactly("VISIT_REFUSED");
    }

    @Test
    void aHomeThatNobodyLivesInAnyMoreGoesInANightInWhichNoChildIsErased() throws Exception {
        erasing.on(NIGHT);
        SendChildren.send(world, "moved", child("BROTHER", "H-9", "2015-05-01"));

        erasing.on(NIGHT);

        assertThat(world.query("SELECT count(*) FROM household")).containsExactly("1");
        assertThat(world.query("SELECT count(*) FROM signal")).containsExactly("0");
        assertThat(world.query("SELECT birth_date FROM child")).containsExactly("2015-05-01");
        assertThat(world.query("SELECT count(*) FROM outbox WHERE type = 'ChildErased'"))
                .as("nobody more")
                .containsExactly("2");
    }

    @Test
    void aCopyOfASealedRowCanBeReadByNobodyAfterwards() throws Exception {
        var grown = id("2005-05-01");
        var copy = HexFormat.of()
                .parseHex(world.query("SELECT encode(personal, 'hex') FROM child WHERE id = '" + grown + "'")
                        .getFirst());
        assertThat(new String(ring(grown).open(grown, copy, "child:" + grown), UTF_8))
                .contains("합성 GROWN");

        erasing.on(NIGHT);

        var after = ring(grown);
        assertThatThrownBy(() -> after.open(grown, copy, "child:" + grown))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anErasureIsToldWithItsAliasesAndTheAliasIsErasedWithTheChild() throws Exception {
        SendChildren.send(world, "alias", child("ALIAS", "H-3", "2005-05-02"));
        var grown = id("2005-05-01");
        var alias = id("2005-05-02");
        world.execute("INSERT INTO child_alias VALUES ('%s', '%s')".formatted(alias, grown));

        erasing.on(NIGHT);

        assertThat(traces(alias.toString())).isEmpty();
        assertThat(world.query("SELECT convert_from(payload, 'UTF8')::jsonb ->> 'aliasIds' FROM outbox "
                        + "WHERE type = 'ChildErased' AND key = '" + grown + "'"))
                .containsExactly("[\"" + alias + "\"]");
        assertThat(world.query("SELECT count(*) FROM outbox WHERE type = 'ChildErased'"))
                .as("one for each child, none for an alias")
                .containsExactly("2");
    }

    @Test
    void whoeverHasAskedForItsDataIsHandedTheAnswerBeforeTheyAreErasedAndTheRequestGoesWithThem() throws Exception {
        var grown = id("2005-05-01");
        var alone = id("2005-06-01");
        world.execute("""
                INSERT INTO rights_request (id, version, child_id, kind, requester, identity_check, received_on, due_on,
                    wording, deferrals, registered_by, registered_at)
                VALUES ('%s', 1, '%s', 'ACCESS', 'CHILD', 'ID_CARD', '2026-09-01', '2026-09-11',
                    '\\x5a5a5a5a5a', 0, 'officer-7', '2026-09-01')""".formatted(UUID.randomUUID(), grown));
        erasing.on(NIGHT);
        assertThat(erased()).containsExactly(alone.toString());

        world.execute(
                "UPDATE rights_request SET outcome = 'GRANTED', decided_at = '2026-10-01', decided_by = 'officer-8', "
                        + "answer = '\\x5a5a5a5a5a'");
        erasing.on(NIGHT.plus(Duration.ofDays(29)));
        assertThat(erased()).as("a month to hand it over").containsExactly(alone.toString());

        erasing.on(NIGHT.plus(Duration.ofDays(31)));

        assertThat(erased()).contains(grown.toString());
        assertThat(traces(grown.toString())).isEmpty();
        assertThat(world.query("SELECT q::text FROM rights_request q"))
                .singleElement()
                .asString()
                .contains("ACCESS", "GRANTED")
                .doesNotContain("5a5a5a5a5a", "officer");
    }

    @Test
    void noIdThatTheAuditNamesBesideTheChildLeadsToARowOfNobody() throws Exception {
        var grown = id("2005-05-01");
        var request = UUID.randomUUID();
        world.execute("""
                INSERT INTO rights_request (id, version, child_id, kind, requester, identity_check, received_on, due_on,
                    wording, deferrals, registered_by, registered_at, outcome, decided_at, danger)
                VALUES ('%s', 2, '%s', 'OBJECTION', 'CHILD', 'ID_CARD', '2023-09-01', '2023-09-11', '\\x5a', 0, '',
                    '2023-09-01', 'GRANTED', '2023-09-02', '{ABUSE_REPORTED}')""".formatted(request, grown));
        world.execute("""
                INSERT INTO flag (id, version, state, child_id, household_id, district_code, dong_code, score, reasons,
                    rank, urgent, model_version, as_of, flagged_at, withdrawn_for)
                VALUES (gen_random_uuid(), 1, 'BACKLOG', '%s', gen_random_uuid(), '11350', '1135056000', 50, '', 1, false,
                    'm', '2023-08-01', '2023-08-01', '%s')""".formatted(grown, request));
        assertThat(traces(request.toString())).containsExactly("flag", "rights_request");

        erasing.on(NIGHT);

        assertThat(traces(request.toString())).isEmpty();
        assertThat(world.query("SELECT danger FROM rights_request")).containsExactly("{}");
        assertThat(world.query("SELECT count(*) FROM flag WHERE withdrawn_for IS NOT NULL"))
                .as("still withdrawn")
                .containsExactly("1");
    }

    @Test
    void whoeverIsWorkedForWatchedOrJustHeardOfIsKept() throws Exception {
        var grown = id("2005-05-01");
        world.transactions.run(tx -> new JoinOutcome().caseIs(tx, UUID.randomUUID(), grown, 1, true));
        SendSignals.send(
                world,
                "health-insurance",
                "new",
                signal("S9", "NO_MEDICAL_USE", "RRN", "ALONE", "2026-09-01", "2026-09-02"));
        erasing.on(NIGHT);
        assertThat(erased()).isEmpty();

        world.execute("UPDATE open_work SET open = false, watched_until = '2026-12-01', changed_at = '2023-01-01'");
        erasing.on(NIGHT);
        assertThat(erased()).isEmpty();

        world.execute("UPDATE open_work SET watched_until = '2024-01-01'");
        erasing.on(NIGHT);
        assertThat(erased()).containsExactly(grown.toString());
    }

    @Test
    void whomAnAgencyOrAShelterHelpsIsKeptUntilThatHasBeenOverForAsLongAsEverythingElse() throws Exception {
        var grown = id("2005-05-01");
        var alone = id("2005-06-01");
        var referral = UUID.randomUUID();
        world.transactions.run(tx -> OpenHelp.note(tx, OpenHelp.Kind.REFERRAL, referral, grown, 1, true));
        world.transactions.run(tx -> OpenHelp.note(tx, OpenHelp.Kind.PLACEMENT, UUID.randomUUID(), alone, 1, true));
        world.execute("UPDATE open_help SET changed_at = '2023-01-01'");
        erasing.on(NIGHT);
        assertThat(erased()).isEmpty();

        world.transactions.run(tx -> OpenHelp.note(tx, OpenHelp.Kind.REFERRAL, referral, grown, 2, false));
        world.execute("UPDATE open_help SET changed_at = '2026-01-01' WHERE NOT open");
        erasing.on(NIGHT);
        assertThat(erased()).as("it has just ended").isEmpty();

        world.execute("UPDATE open_help SET changed_at = '2023-01-01'");
        erasing.on(NIGHT);
        assertThat(erased()).containsExactly(grown.toString());
        assertThat(traces(grown.toString())).isEmpty();
    }

    @Test
    void nobodyIsErasedWhileARoundIsBeingOpenedOrJudgedNorUntilSomebodyHasDecidedWhen() throws Exception {
        erasing.undecided(NIGHT);
        world.execute("INSERT INTO round (id, version, programme, as_of, state, planned_at, work) "
                + "VALUES (gen_random_uuid(), 1, 'QUARTERLY_SCREENING', '2026-10-01', 'OPENED', now(), 'SCREENING')");
        erasing.on(NIGHT);

        assertThat(erased()).isEmpty();
        assertThat(world.query("SELECT due_at = '2026-10-01 19:00Z' FROM due_work WHERE kind = 'retention'"))
                .as("looked at again in an hour")
                .containsExactly("t");
    }

    @Test
    void aNightTakesAsManyAsItMayAtOnceAndGoesOnWithTheNext() throws Exception {
        erasing.on(NIGHT, 1);
        assertThat(erased()).hasSize(1);
        assertThat(world.query("SELECT due_at = '2026-10-01 18:00Z' FROM due_work WHERE kind = 'retention'"))
                .containsExactly("t");

        erasing.on(NIGHT, 1);
        erasing.on(NIGHT, 1);
        assertThat(erased()).hasSize(2);
    }

    @Test
    void whatComesOfAnErasedChildFindsNobodyAndTheRegisterBeginsANewOne() throws Exception {
        var grown = id("2005-05-01");
        erasing.on(NIGHT);

        var refused = SendSignals.send(
                world,
                "health-insurance",
                "late",
                signal("S8", "NO_MEDICAL_USE", "RRN", "GROWN", "2026-09-01")
                        + signal("S9", "NO_MEDICAL_USE", "CHILD_ID", grown.toString(), "2026-09-01"));
        assertThat(refused.toString()).contains("rejected=2");
        assertThat(traces(grown.toString())).isEmpty();

        SendChildren.send(world, "again", child("GROWN", "H-1", "2005-05-01"));
        assertThat(id("2005-05-01")).isNotEqualTo(grown);
    }

    private UUID id(String born) throws SQLException {
        return UUID.fromString(world.query("SELECT id FROM child WHERE birth_date = '" + born + "'")
                .getFirst());
    }

    private List<String> erased() throws SQLException {
        return world.query("SELECT child_id FROM erasure ORDER BY erased_at, child_id");
    }

    /** The tables in which a text stands in any column, whatever its type; bytes are shown in hex. */
    private List<String> traces(String pattern) throws SQLException {
        var found = Stream.<String>builder();
        for (var table : tables()) {
            var rows = world.query("SELECT count(*) FROM %s t WHERE t::text ~ '%s'".formatted(table, pattern));
            if (!rows.equals(List.of("0"))) {
                found.add(table);
            }
        }
        return found.build().toList();
    }

    /** Whether a text can be read anywhere in the database, with any key that is left. */
    private boolean readable(String text, UUID child) throws SQLException {
        var ring = ring(child);
        for (var table : tables()) {
            for (var column : world.query("SELECT column_name FROM information_schema.columns "
                    + "WHERE table_schema = 'public' AND data_type = 'bytea' AND table_name = '" + table + "'")) {
                for (var bytes : world.query(
                        "SELECT encode(%1$s, 'hex') FROM %2$s WHERE %1$s IS NOT NULL".formatted(column, table))) {
                    if (opens(ring, child, HexFormat.of().parseHex(bytes), text)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean opens(SubjectRing ring, UUID child, byte[] sealed, String text) {
        try {
            return new String(ring.open(child, sealed, "child:" + child), UTF_8).contains(text);
        } catch (IllegalArgumentException closed) {
            return new String(sealed, UTF_8).contains(text);
        }
    }

    private List<String> tables() throws SQLException {
        return world.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename !~ '" + KNOWS_IDS
                + "' ORDER BY 1");
    }

    private SubjectRing ring(UUID child) throws SQLException {
        return world.transactions.run(tx -> world.subjects.of(tx, List.of(child)));
    }
}
