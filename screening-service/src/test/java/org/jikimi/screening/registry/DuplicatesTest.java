package org.jikimi.screening.registry;

import static org.jikimi.screening.registry.SendChildren.child;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.screening.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries that may be one child, found within households and birth dates. */
class DuplicatesTest {
    private static final String DISTRICT = World.DONG.substring(0, 5);

    private World world;
    private Duplicates duplicates;

    @BeforeEach
    void aNewbornWithTwoNumbers() throws Exception {
        world = new World();
        duplicates = new Duplicates(world.subjects);
        SendChildren.send(
                world,
                "all",
                temporary(child("N1", "H-1", "2026-08-05"), "N1")
                        + named(child("R1", "H-2", "2026-08-05"), "R1", "N1")
                        + child("B1", "H-1", "2020-01-01")
                        + child("C1", "H-3", "2026-08-06"));
    }

    @Test
    void aTemporaryNumberBesideAResidentNumberIsFoundByNameAndBirthDate() throws Exception {
        var pair = find().getFirst();

        assertEquals(1, find().size());
        assertEquals(
                List.of("SAME_NAME", "SAME_BIRTH_DATE", "TEMPORARY_NUMBER"),
                pair.likeness().reasons());
        assertEquals(
                new HashSet<>(world.query("SELECT id FROM child WHERE birth_date = '2026-08-05'")),
                new HashSet<>(List.of(pair.childId().toString(), pair.otherId().toString())));
    }

    @Test
    void anErasureBetweenTwoStatementsLeavesNoHalfOfAChild() throws Exception {
        var erased = find().getFirst().childId();

        var found = world.transactions.run(
                tx -> duplicates.find(erasingBeforeKeysAreRead(tx, erased), DISTRICT, new UUID(0, 0), 100));

        assertEquals(List.of(), found.pairs());
    }

    /** A connection beside which a child is erased when its key is about to be read. */
    private Connection erasingBeforeKeysAreRead(Connection tx, UUID child) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    if (args != null && String.valueOf(args[0]).contains("subject_key")) {
                        for (var step : List.of(
                                "DELETE FROM child_identifier WHERE child_id = '%s'",
                                "DELETE FROM child WHERE id = '%s'",
                                "UPDATE subject_key SET wrapped = NULL, destroyed_at = now() WHERE subject = '%s'")) {
                            world.execute(step.formatted(child));
                        }
                    }
                    return method.invoke(tx, args);
                });
    }

    @Test
    void whatSomebodyDecidedOnIsNotShownAgain() throws Exception {
        var pair = find().getFirst();
        var decide = new DecideIdentity(
                world.events, world.urgently, new TellChanges(new Outbox(), world.events, world.times));
        var decision =
                new DecideIdentity.Decision(pair.otherId(), pair.childId(), "TWINS", "officer", world.times.now());

        world.transactions.run(tx -> {
            decide.distinguish(tx, decision);
            return decision;
        });

        assertEquals(List.of(), find());
    }

    @Test
    void whatIsMergedIsNoCandidateAnyMoreNorIsWhatWasSplit() throws Exception {
        var pair = find().getFirst();
        var decide = new DecideIdentity(
                world.events, world.urgently, new TellChanges(new Outbox(), world.events, world.times));
        var decision = new DecideIdentity.Decision(
                pair.childId(), pair.otherId(), "SAME_IDENTIFIER", "officer", world.times.now());

        world.transactions.run(tx -> decide.merge(tx, decision));
        var merged = find();
        world.transactions.run(tx -> decide.split(tx, decision));

        assertEquals(List.of(), merged);
        assertEquals(List.of(), find());
    }

    @Test
    void anotherDistrictHasItsOwn() throws Exception {
        var found = world.transactions.run(tx -> duplicates.find(tx, "11110", new UUID(0, 0), 50));

        assertEquals(new Duplicates.Found(List.of(), null), found);
    }

    @Test
    void pagesShowEveryPairOnce() throws Exception {
        SendChildren.send(
                world,
                "many",
                IntStream.range(0, 40)
                        .mapToObj(n -> temporary(child("T" + n, "T-" + n, "2025-01-01"), "T" + n)
                                + named(child("S" + n, "T-" + n, "2025-01-01"), "S" + n, "T" + n))
                        .collect(Collectors.joining()));
        var all = find();

        var paged = new ArrayList<Duplicates.Pair>();
        UUID after = new UUID(0, 0);
        while (after != null) {
            var from = after;
            var page = world.transactions.run(tx -> duplicates.find(tx, DISTRICT, from, 7));
            paged.addAll(page.pairs());
            after = page.next();
        }

        assertTrue(all.size() > 40);
        assertEquals(all, paged);
    }

    private List<Duplicates.Pair> find() throws Exception {
        return world.transactions
                .run(tx -> duplicates.find(tx, DISTRICT, new UUID(0, 0), 500))
                .pairs();
    }

    private static String temporary(String line, String number) {
        return line.replace("\"RRN\",\"value\":\"" + number, "\"TNN\",\"value\":\"" + number);
    }

    private static String named(String line, String number, String name) {
        return line.replace("합성 " + number, "합성 " + name);
    }
}
