package org.jikimi.screening.round.screening;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.inbox.RecordIntake;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.outbox.OutboxEvent;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.bulk.Steps;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.round.inputs.RoundInputs;
import org.jikimi.screening.round.inputs.RoundRanges;
import org.jikimi.screening.round.model.RoundWork;
import org.jikimi.screening.round.model.Rounds;
import org.jikimi.screening.round.selection.Candidate;
import org.jikimi.screening.round.selection.Judge;
import org.jikimi.screening.round.selection.Linked;

/**
 * Judges the children of a range, whichever replica Kafka gives it to. A range is told by the service to itself through a
 * topic, whose partitions the replicas share; what one of them had in hand when it died goes to another, and a range that
 * is told twice is judged once. What nobody takes up for some seconds the due work judges.
 */
@ApplicationScoped
public class JudgeRange implements RecordIntake {
    private static final Logger LOG = Logger.getLogger(JudgeRange.class);

    private final String topic;
    private final Outbox outbox;
    private final DueWork due;
    private final Times times;
    private final Rounds rounds = new Rounds();
    private final Models models = new Models();

    /** @param topic of this service alone */
    public JudgeRange(
            @ConfigProperty(name = "jikimi.screening.ranges-topic") String topic,
            Outbox outbox,
            DueWork due,
            Times times) {
        this.topic = topic;
        this.outbox = outbox;
        this.due = due;
        this.times = times;
    }

    /** What a record says. */
    record Told(UUID roundId, int number) {}

    /** Tells of ranges, spread over the partitions. */
    void tell(Connection tx, UUID round, List<Integer> numbers) throws SQLException {
        outbox.publish(
                tx,
                numbers.stream().map(number -> event(new Told(round, number))).toList());
    }

    private OutboxEvent event(Told told) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_type", "org.jikimi.screening.RoundRange.v1");
        headers.put("ce_source", "/screening");
        headers.put("ce_subject", told.roundId().toString());
        headers.put("ce_time", times.now().toString());
        headers.put("content-type", "application/json");
        return new OutboxEvent(EventIds.next(), topic, told.roundId() + "/" + told.number(), headers, Json.write(told));
    }

    @Override
    public String name() {
        return "ranges";
    }

    @Override
    public List<String> topics() {
        return List.of(topic);
    }

    @Override
    public int atOnce(List<ReceivedEvent> records) {
        return 1;
    }

    @Override
    public void take(Connection tx, List<ReceivedEvent> records) throws SQLException {
        for (var record : records) {
            var told = Json.read(record.payload(), Told.class);
            Steps.timed("round-screen", () -> hear(tx, told.roundId(), told.number()));
        }
    }

    /** It stays undone, and is left to the due work. */
    @Override
    public void refuse(Connection tx, ReceivedEvent record) {
        LOG.errorf("A range of a round could not be judged: %s", record);
    }

    /** Judges a range and, if it was the last, has the round cut. Answers whether it was not done yet. */
    public boolean hear(Connection tx, UUID roundId, int number) throws SQLException {
        if (!judge(tx, roundId, number)) {
            return false;
        }
        KeyLocks.lock(
                tx, List.of("ranges of round " + roundId)); // or the last two would each take the other for undone
        if (RoundRanges.progress(tx, roundId).undone() == 0) {
            due.plan(tx, RoundWork.KIND, roundId.toString(), times.now());
        }
        return true;
    }

    /** Judges a range. Answers whether it was not done yet. */
    boolean judge(Connection tx, UUID roundId, int number) throws SQLException {
        var range = RoundRanges.take(tx, roundId, number);
        if (range.isEmpty()) {
            return false;
        }
        var round = rounds.find(tx, roundId).orElseThrow();
        if (round.work() != RoundWork.SCREENING) { // an older version has screened it alone meanwhile
            RoundRanges.forget(tx, roundId);
            return false;
        }
        var inputs = new RoundInputs(tx, roundId);
        var model =
                models.find(tx, Objects.requireNonNull(round.modelVersion())).orElseThrow();
        var candidates = new ArrayList<Candidate>();
        var linked = new ArrayList<Linked>();
        var judge = new Judge(
                round.plan(),
                new Scorecard(model.scorecard(), round.plan().asOf(), inputs.lawful()),
                candidates::add,
                linked::add);
        inputs.children(range.get(), judge.needsSignals(), judge);
        RoundCandidates.addAll(tx, roundId, candidates, linked);
        RoundRanges.done(tx, roundId, number, inputs.count(range.get()));
        return true;
    }
}
