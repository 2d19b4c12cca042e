package org.jikimi.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * What becomes of events in one order and in another, as an inbox would have it: one that waits for its predecessor is
 * tried again whenever another has been applied. Each order runs in a transaction that is rolled back, so that hundreds
 * of pairs share one database.
 */
public final class EitherOrder {
    /** Handles an event within the transaction. */
    @FunctionalInterface
    public interface Handler<E> {
        /** Answers false if the event waits for its predecessor. */
        boolean settles(E event, Connection tx) throws SQLException;
    }

    private final DataSource database;
    private final String state;

    /**
     * Orders over a database, which stays as it is.
     *
     * @param state a query whose first column, in order, is the state to compare; without versions of rows, times or ids
     *     that are made anew
     */
    public EitherOrder(DataSource database, String state) {
        this.database = database;
        this.state = state;
    }

    /** The state after the events in this order; what still waits then is told as well. */
    public <E> List<String> after(List<E> events, Handler<E> handler) throws SQLException {
        try (var tx = database.getConnection()) {
            tx.setAutoCommit(false);
            try {
                var waiting = new ArrayList<E>();
                for (var event : events) {
                    if (handler.settles(event, tx)) {
                        retry(waiting, handler, tx);
                    } else {
                        waiting.add(event);
                    }
                }
                var end = state(tx);
                waiting.forEach(event -> end.add("waits: " + event.getClass().getSimpleName()));
                return end;
            } finally {
                tx.rollback();
            }
        }
    }

    /**
     * The states after the events in every order in which those of one stream keep theirs; more than one if the order
     * matters.
     *
     * @param streamOf what tells the stream of an event, such as its topic and key
     */
    public <E> Map<List<String>, List<E>> afterEveryOrder(List<E> events, Function<E, ?> streamOf, Handler<E> handler)
            throws SQLException {
        var ends = new LinkedHashMap<List<String>, List<E>>();
        for (var order : orders(events, streamOf)) {
            ends.putIfAbsent(after(order, handler), order);
        }
        return ends;
    }

    private static <E> List<List<E>> orders(List<E> events, Function<E, ?> streamOf) {
        if (events.isEmpty()) {
            return List.of(List.of());
        }
        var orders = new ArrayList<List<E>>();
        var begun = new HashSet<Object>();
        for (var first : events) {
            if (begun.add(streamOf.apply(first))) {
                var others = new ArrayList<>(events);
                others.remove(first);
                for (var rest : orders(others, streamOf)) {
                    var order = new ArrayList<E>();
                    order.add(first);
                    order.addAll(rest);
                    orders.add(order);
                }
            }
        }
        return orders;
    }

    private static <E> void retry(List<E> waiting, Handler<E> handler, Connection tx) throws SQLException {
        for (Iterator<E> early = waiting.iterator(); early.hasNext(); ) {
            if (handler.settles(early.next(), tx)) {
                early.remove();
            }
        }
    }

    private List<String> state(Connection tx) throws SQLException {
        try (var select = tx.createStatement();
                var rows = select.executeQuery(state)) {
            var lines = new ArrayList<String>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        }
    }
}
