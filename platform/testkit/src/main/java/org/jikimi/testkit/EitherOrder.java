package org.jikimi.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
