package org.jikimi.screening.round;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.legal.LegalBases;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.round.inputs.FreezeInputs;
import org.jikimi.screening.round.inputs.RoundRanges;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.round.model.RoundWork;
import org.jikimi.screening.round.model.Rounds;

/** Freezes all inputs of a round, as one snapshot has them. */
@ApplicationScoped
public class OpenRound {
    private final Transactions transactions;
    private final Events events;
    private final Times times;
    private final LegalBases bases;
    private final Rounds rounds = new Rounds();
    private final Models models = new Models();

    public OpenRound(Transactions transactions, Events events, Times times, LegalBases bases) {
        this.transactions = transactions;
        this.events = events;
        this.times = times;
        this.bases = bases;
    }

    /** Opens the round if its opening was ordered and is not done yet. */
    UUID carryOut(UUID roundId) throws SQLException {
        return transactions.run(tx -> {
            try (var beginning = tx.createStatement()) {
                beginning.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
                // before the snapshot is taken, or it would still hold children who are being erased
                beginning.execute("LOCK TABLE round_child IN ROW EXCLUSIVE MODE");
            }
            var round = rounds.find(tx, roundId).orElseThrow();
            if (round.work() == RoundWork.OPENING) {
                open(tx, round);
            }
            return round.id();
        });
    }

    private void open(Connection tx, Round round) throws SQLException {
        var now = times.now().truncatedTo(ChronoUnit.MICROS);
        var model = models.active(tx, now).version();
        long endBefore = RoundRanges.endOfTable(tx);
        var opened = round.opened(model, FreezeInputs.freeze(tx, round, times.today()), now);
        RoundRanges.keepPlace(tx, round.id(), endBefore);
        FreezeInputs.freezeLaw(tx, round, bases.inForce(tx, times.today()));
        FreezeInputs.freezeShadow(tx, round, models.shadow(tx).orElse(null));
        if (!rounds.save(tx, opened)) {
            throw new IllegalStateException("another change of the round came first");
        }
        events.publish(tx, RoundEvents.opened(opened, model, now));
    }
}
