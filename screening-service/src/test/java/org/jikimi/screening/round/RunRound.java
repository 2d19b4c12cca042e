package org.jikimi.screening.round;

import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.due.DueHandler;
import org.jikimi.runtime.due.DueRunner;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.World;
import org.jikimi.screening.intake.ScreeningEventKinds;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.round.capacity.AdvanceBacklog;
import org.jikimi.screening.round.capacity.DailyBacklogs;
import org.jikimi.screening.round.model.CancelReason;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.round.model.Rounds;
import org.jikimi.screening.round.report.ReportView;
import org.jikimi.screening.round.report.RoundReports;
import org.jikimi.screening.round.screening.FlagBulk;
import org.jikimi.screening.round.screening.JudgeRange;
import org.jikimi.screening.round.screening.ScreenRound;
import org.jikimi.screening.shadow.ScreenShadow;

/** Takes a round through its steps as an analyst would. */
public final class RunRound {
    /** So that even a few children lie in several ranges. */
    private static final long ONE_PAGE = 1;

    /** So that even a few dongs are cut apart, and even a few children move up one part after the other. */
    public static final int FEW = 3;

    public static final String RANGES = "screening.round-ranges";

    private final World world;
    private final JudgeRange judge;
    private final PlanRound plan;
    private final OrderWork order;
    private final CloseRound close;
    private final CancelRound cancel;
    private final AdvanceBacklog backlog;
    private final PreviewRound preview;
    private final List<DueHandler> handlers;
    private final DueRunner runner;
    private final Rounds rounds = new Rounds();

    public RunRound(World world) {
        this.world = world;
        this.plan = new PlanRound(world.times);
        this.order = new OrderWork(new DueWork(), world.times);
        this.close = new CloseRound(world.events, world.times);
        this.cancel = new CancelRound(world.events, world.times);
        var bulk = new FlagBulk(new Outbox(), new ScreeningEventKinds(), world.times);
        this.judge = new JudgeRange(RANGES, new Outbox(), new DueWork(), world.times);
        var worker = new RoundWorker(
                new OpenRound(world.transactions, world.events, world.times, world.bases),
                new ScreenRound(world.transactions, judge, bulk, new DueWork(), world.times, ONE_PAGE, FEW),
                new DueWork());
        this.backlog = new AdvanceBacklog(world.events, new DueWork(), FEW);
        var daily = new DailyBacklogs(backlog, new DueWork(), world.transactions, world.times);
        this.preview = new PreviewRound(world.times, world.bases);
        this.handlers = List.of(worker, backlog, daily, new ScreenShadow());
        this.runner = runner(world.times);
    }

    private DueRunner runner(Times times) {
        return new DueRunner(world.transactions, times, handlers);
    }

    public UUID plan(Programme programme, LocalDate asOf) throws SQLException {
        return plan(new Round.Plan(programme, asOf, null));
    }

    public UUID plan(Round.Plan asked) throws SQLException {
        return world.transactions.run(tx -> plan.plan(tx, asked)).id();
    }

    public UUID screened(Programme programme, LocalDate asOf) throws SQLException {
        var id = plan(programme, asOf);
        open(id);
        screen(id);
        return id;
    }

    public Ordered open(UUID id) throws SQLException {
        var ordered = world.transactions.run(
                tx -> order.opening(tx, rounds.find(tx, id).orElseThrow()));
        runner.runDue();
        return ordered;
    }

    public Ordered screen(UUID id) throws SQLException {
        var ordered = divide(id);
        judgeRanges(id);
        runner.runDue();
        return ordered;
    }

    /** Orders the screening, which is divided then, and not judged. */
    public Ordered divide(UUID id) throws SQLException {
        var ordered = world.transactions.run(
                tx -> order.screening(tx, rounds.find(tx, id).orElseThrow()));
        runner.runDue();
        return ordered;
    }

    /** Has done what is due. */
    public void goOn() throws SQLException {
        runner.runDue();
    }

    public JudgeRange judge() {
        return judge;
    }

    /** Has every range judged that is told of, as replicas do. */
    public void judgeRanges(UUID id) throws SQLException {
        for (var number : world.query("SELECT number FROM round_range WHERE round_id = '" + id + "' ORDER BY number")) {
            judge(id, Integer.parseInt(number));
        }
    }

    public boolean judge(UUID id, int number) throws SQLException {
        return world.transactions.run(tx -> judge.hear(tx, id, number));
    }

    /** Has a round screened once more. */
    public void screenAgain(UUID id) throws SQLException {
        screen(id);
    }

    /** As after the capacities of some dongs were set. */
    public void advanceBacklogs() throws SQLException {
        world.transactions.run(tx -> {
            backlog.order(tx, world.times.now());
            return backlog;
        });
        runner.runDue();
    }

    /** One handling of what is due of the backlog of a round. */
    public void advanceOnce(UUID id) throws SQLException {
        world.transactions.run(tx -> {
            backlog.handle(tx, id.toString(), world.times.now(), world.times.now());
            return backlog;
        });
    }

    public AdvanceBacklog backlog() {
        return backlog;
    }

    /** Has done what is due a day later. */
    public void nextMorning() throws SQLException {
        runner(new Times(() -> world.times.now().plus(Duration.ofDays(1)))).runDue();
    }

    public PreviewView preview(Round.Plan asked) throws SQLException {
        var id = plan(asked);
        return world.transactions.run(
                tx -> preview.preview(tx, rounds.find(tx, id).orElseThrow()));
    }

    public ReportView report(UUID id) throws SQLException {
        return world.transactions.run(
                tx -> RoundReports.report(tx, rounds.find(tx, id).orElseThrow(), world.times.today()));
    }

    public Ordered close(UUID id) throws SQLException {
        return world.transactions.run(tx -> close.close(tx, rounds.find(tx, id).orElseThrow(), true));
    }

    public Ordered cancel(UUID id) throws SQLException {
        return world.transactions.run(
                tx -> cancel.cancel(tx, rounds.find(tx, id).orElseThrow(), CancelReason.CANNOT_BE_SCREENED));
    }

    public Round round(UUID id) throws SQLException {
        return world.transactions.run(tx -> rounds.find(tx, id).orElseThrow());
    }
}
