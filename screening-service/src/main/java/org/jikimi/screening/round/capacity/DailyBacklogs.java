package org.jikimi.screening.round.capacity;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.due.DueHandler;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.time.Seoul;
import org.jikimi.runtime.time.Times;

/**
 * Has the backlogs looked at every morning, and when the service starts: whoever was passed over, because somebody worked for
 * the child or it was abroad, may be free by now, and nothing else would come back to it.
 */
@ApplicationScoped
public class DailyBacklogs implements DueHandler {
    static final String KIND = "round-backlogs-daily";

    /** There is one piece of this work, whatever number of rounds and replicas there is. */
    private static final String ALL = "all";

    /** In Seoul, so that whoever moves up is there when people come to work. */
    private static final LocalTime MORNING = LocalTime.of(5, 0);

    private final AdvanceBacklog backlog;
    private final DueWork due;
    private final Transactions transactions;
    private final Times times;

    public DailyBacklogs(AdvanceBacklog backlog, DueWork due, Transactions transactions, Times times) {
        this.backlog = backlog;
        this.due = due;
        this.transactions = transactions;
        this.times = times;
    }

    void start(@Observes StartupEvent started) throws SQLException {
        transactions.run(tx -> {
            due.plan(tx, KIND, ALL, times.now());
            return ALL;
        });
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        backlog.order(tx, now);
        due.plan(tx, KIND, ALL, Seoul.next(MORNING, now));
    }
}
