package org.jikimi.screening.training;

import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.signal.SendSignals.signal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.screening.World;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.outcome.VisitFinding;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.round.RunRound;
import org.jikimi.screening.signal.SendSignals;

/**
 * A quarterly round that flagged 320 children, all of whom were visited. Need was frequent where the police had come or a
 * visit had been refused, and as frequent with a missed vaccination as without.
 */
public final class VisitedRound {
    public static final int CHILDREN = 320;

    private static final Instant LATER = Instant.parse("2026-10-20T01:00:00Z");

    private final JoinOutcome join = new JoinOutcome();

    public final World world;
    public final RunRound run;
    public final UUID id;

    public VisitedRound() throws Exception {
        world = new World();
        run = new RunRound(world);
        world.execute("INSERT INTO dong_capacity VALUES ('" + World.DONG + "', 1000)");
        settle();
        id = run.screened(Programme.QUARTERLY_SCREENING, World.TODAY);
        visit();
    }

    private void settle() throws Exception {
        var children = new StringBuilder();
        Map<String, StringBuilder> signals = new LinkedHashMap<>();
        for (int n = 0; n < CHILDREN; n++) {
            children.append(child("C" + n, "H" + n, "2015-05-01"));
            add(signals, "power-utility", n, "POWER_CUTOFF");
            add(signals, "gas-utility", n, "GAS_CUTOFF");
            if (policeCame(n)) {
                add(signals, "police", n, "DOMESTIC_VIOLENCE_DISPATCH");
            }
            if (refused(n)) {
                add(signals, "case-service", n, "REPEATED_VISIT_REFUSAL");
            }
            if (n / 4 % 2 == 1) {
                add(signals, "disease-control", n, "MISSED_VACCINATION");
            }
        }
        SendChildren.send(world, "children", children.toString());
        for (var source : signals.entrySet()) {
            SendSignals.send(
                    world, source.getKey(), "signals", source.getValue().toString());
        }
    }

    private static void add(Map<String, StringBuilder> signals, String source, int n, String indicator) {
        boolean ofChild = indicator.equals("MISSED_VACCINATION");
        signals.computeIfAbsent(source, s -> new StringBuilder())
                .append(signal(
                        indicator + n,
                        indicator,
                        ofChild ? "RRN" : "HOUSEHOLD",
                        (ofChild ? "C" : "H") + n,
                        "2026-09-20"));
    }

    private static boolean policeCame(int n) {
        return n % 2 == 1;
    }

    private static boolean refused(int n) {
        return n / 2 % 2 == 1;
    }

    private static boolean inNeed(int n) {
        int inTen = 1 + (policeCame(n) ? 5 : 0) + (refused(n) ? 2 : 0);
        return n / 8 % 10 < inTen;
    }

    private void visit() throws SQLException {
        var flags = world.query("SELECT f.id || ' ' || f.child_id || ' ' || substring(s.signal_id FROM 13) "
                + "FROM flag f JOIN child c ON c.id = f.child_id JOIN signal s ON s.household_id = c.household_id "
                + "WHERE s.source = 'power-utility' AND f.state = 'FLAGGED'");
        world.transactions.run(tx -> {
            for (var line : flags) {
                var flag = line.split(" ", -1);
                var visit = UUID.randomUUID();
                var child = UUID.fromString(flag[1]);
                var id = UUID.fromString(flag[0]);
                join.visitPlanned(tx, visit, child, 1, id, World.TODAY, LATER);
                var outcome = inNeed(Integer.parseInt(flag[2])) ? "WELFARE_NEED" : "SAFE";
                join.visitCompleted(tx, visit, child, 2, id, VisitFinding.of(outcome, true), LATER);
            }
            return flags;
        });
    }

    /** Children of the round who were visited. */
    public List<String> visited(String outcome) throws SQLException {
        return world.query("SELECT child_id FROM visit_result WHERE outcome = '" + outcome + "' ORDER BY child_id");
    }

    public void determined(String child, String determination) throws SQLException {
        var found = new JoinOutcome.Determined(
                UUID.randomUUID(), 1, UUID.fromString(child), List.of(), determination, null, LATER);
        world.transactions.run(tx -> join.determined(tx, found));
    }

    /** As an analyst would have it learn. */
    TrainChallenger.Result train(String version, double regularisation, UUID... rounds) throws SQLException {
        var asked = new TrainChallenger.Asked(version, List.of(rounds), regularisation);
        return world.transactions.run(tx -> new TrainChallenger().train(tx, asked, "analyst", world.times.now()));
    }
}
