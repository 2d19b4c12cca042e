package org.jikimi.screening.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.screening.World;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.round.model.Rounds;
import org.jikimi.screening.signal.SendSignals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** What a round freezes stems from one moment, though it is copied table by table. */
class FrozenAtOnceTest {
    private final World world = new World();

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // else a lock would be waited for without end
    void whatIsCommittedBetweenTwoCopiesIsInNeither() throws Exception {
        SendChildren.send(world, "children", SendChildren.child("A1", "H-1", "2015-05-01"));
        world.execute("INSERT INTO dong_capacity VALUES ('" + World.DONG + "', 9)");
        world.transactions.run(tx -> new Models().active(tx, world.times.now()));
        var id = ordered();

        new OpenRound(changingBetweenTheCopies(), world.events, world.times, world.bases).carryOut(id);

        assertThat(world.query("SELECT mask FROM child_state ORDER BY mask"))
                .as("the city changed meanwhile")
                .containsExactly("0", "8192");
        assertThat(world.query("SELECT visits_per_round FROM round_capacity")).containsExactly("9");
        assertThat(world.query("SELECT mask FROM round_child")).containsExactly("0");
        assertThat(world.query("SELECT lawful FROM round"))
                .containsExactly(String.valueOf((1L << Indicators.all().size()) - 1));
    }

    private UUID ordered() throws SQLException {
        var id = new RunRound(world).plan(Programme.QUARTERLY_SCREENING, World.TODAY);
        world.transactions.run(tx -> new OrderWork(new DueWork(), world.times)
                .opening(tx, new Rounds().find(tx, id).orElseThrow()));
        return id;
    }

    private void cityChanges() throws IOException, SQLException {
        world.execute("UPDATE dong_capacity SET visits_per_round = 1");
        world.withdrawBasis("WATER_CUTOFF");
        SendChildren.send(world, "another", SendChildren.child("A2", "H-2", "2016-05-01"));
        SendSignals.send(
                world, "power-utility", "p", SendSignals.signal("P", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01"));
    }

    /** Transactions beside which the city changes when capacities are copied and children are about to be. */
    private Transactions changingBetweenTheCopies() {
        return new Transactions() {
            @Override
            public <T> T run(Work<T> work) throws SQLException {
                return world.transactions.run(tx -> work.in(watching(tx)));
            }
        };
    }

    private Connection watching(Connection tx) {
        return proxy(Connection.class, (proxy, method, args) -> {
            var result = method.invoke(tx, args);
            return result instanceof PreparedStatement copy
                            && String.valueOf(args[0]).contains("INTO round_child")
                    ? afterTheCityChanges(copy)
                    : result;
        });
    }

    private PreparedStatement afterTheCityChanges(PreparedStatement copy) {
        return proxy(PreparedStatement.class, (proxy, method, args) -> {
            if (method.getName().equals("executeUpdate")) {
                cityChanges();
            }
            return method.invoke(copy, args);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
