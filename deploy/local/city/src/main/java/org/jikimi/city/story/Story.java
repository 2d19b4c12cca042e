package org.jikimi.city.story;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jikimi.city.City;

/**
 * One quarter of a synthetic city: its agencies send what they know, the analyst screens, officers knock, investigators
 * investigate, agencies take on what is theirs, week by week of a simulated clock; then everything is counted from
 * outside. All of it goes through the public REST APIs, each person with a token of their own.
 */
public final class Story {
    private static final int WEEKS = 13;
    private static final Duration WEEK = Duration.ofDays(7);

    private final Stage stage;
    private final Api api;
    private final Path files;
    private final ClockOffset clock;
    private final MailCounter mails;
    private final StoryRecord record;
    private final Names names;

    /**
     * @param city the city whose files were written
     * @param files directory of the files
     * @param urls where the services are
     * @param tokens tokens of the sample users
     * @param clock the simulated clock
     * @param mails what the mail server took in
     * @param patience how long to go on while a service is away
     * @param record how far the story was told before
     * @param out where the story is told
     */
    public Story(
            City city,
            Path files,
            Urls urls,
            TokenSource tokens,
            ClockOffset clock,
            MailCounter mails,
            Patience patience,
            StoryRecord record,
            PrintStream out) {
        this.api = new Api(tokens, patience);
        this.stage = new Stage(city, api, urls, patience, out);
        this.files = files;
        this.clock = clock;
        this.mails = mails;
        this.record = record;
        this.names = new Names(stage);
    }

    /**
     * Plays it and counts; goes on where an earlier play was cut off, and counts alone where one was told to its end.
     *
     * @throws IOException if a file or the mail server cannot be read
     * @throws StoryFailure if a service answers what nobody could go on with
     */
    public LedgerResult play() throws IOException {
        stage.tell("A synthetic city of %,d children; nobody in it ever lived."
                .formatted(stage.city().children()));
        String known = record.round();
        if (known == null) {
            record.begin(stage.city());
            new Arrivals(stage, files).arrive();
            stage.tell("  %,d children and %,d signals taken in"
                    .formatted(stage.figure("children"), stage.figure("signals")));
        } else {
            stage.tell("  Its children, signals and agencies are here already; nothing is sent twice.");
        }
        var screening = new QuarterlyRound(stage);
        String round = known == null ? screening.plan() : known;
        record.screened(round);
        screening.screen(round);
        stage.tell("  %,d screened, %,d flagged, %,d in the backlog"
                .formatted(stage.figure("screened"), stage.figure("flagged"), stage.figure("backlog")));
        var urgent = new UrgentSignals(stage, mails);
        Latency latency = Latency.none();
        if (!record.isTold()) {
            latency = record.weeksOver() == 0 ? urgent.measure() : latency;
            quarter(round);
            record.told();
        }
        LedgerResult result = count(round, urgent, latency);
        tell(result);
        return result;
    }

    private void quarter(String round) throws IOException {
        var doors = new Doors(stage, names);
        var reporters = new Reporters(stage, names, files);
        var investigators = new Investigators(stage, names);
        var providers = new Providers(stage);
        var managers = new CaseManagers(stage);
        var police = new Police(stage);
        var desk = new AlertDesk(stage);
        var outside = new Outside(api, stage.urls());
        if (!stage.patience().until(() -> visitsPlanned(outside, round))) {
            throw new StoryFailure(
                    "not every flag had its visit after " + stage.patience().total());
        }
        for (int week = record.weeksOver() + 1; week <= WEEKS; week++) {
            int knocks = doors.week(WEEKS - week + 1);
            reporters.week(week, WEEKS);
            investigators.week();
            police.week();
            providers.week();
            managers.week();
            int alerts = desk.week();
            stage.tell("  week %2d of %d of the simulated clock: %,d doors knocked on, %,d alerts taken on"
                    .formatted(week, WEEKS, knocks, alerts));
            clock.moveOn(WEEK);
            record.over(week);
        }
        providers.week();
    }

    private boolean visitsPlanned(Outside outside, String round) {
        return new Ledger(outside.look(round, List.of())).flags().lost().isEmpty();
    }

    /** Events are still on their way when the last step is done, so this looks until all has arrived. */
    private LedgerResult count(String round, UrgentSignals urgent, Latency latency) throws IOException {
        LedgerResult newest = stage.patience().look(() -> countOnce(round, urgent, latency), LedgerResult::balances);
        if (latency.sent() > 0) {
            stage.set("mails delivered", mails.arrived());
        }
        return new LedgerResult(
                stage.figures(), newest.lines(), newest.rareFamilies(), latency, api.calls(), api.repeats());
    }

    private LedgerResult countOnce(String round, UrgentSignals urgent, Latency latency) {
        Facts facts = new Outside(api, stage.urls()).look(round, urgent.flagIds());
        Figures.of(facts).forEach(stage::set);
        return new LedgerResult(
                stage.figures(),
                new Ledger(facts).lines(),
                new RareFamilies(names).lines(facts),
                latency,
                api.calls(),
                api.repeats());
    }

    private void tell(LedgerResult result) {
        stage.tell("");
        result.figures().forEach((figure, value) -> stage.tell("%,12d  %s".formatted(value, figure)));
        stage.tell("");
        if (!result.rareFamilies().isEmpty()) {
            stage.tell("Rare, and scripted in every city:");
            result.rareFamilies().forEach(line -> stage.tell("  " + line));
            stage.tell("");
        }
        stage.tell("Counted from outside:        owed    kept    open    lost doubled");
        for (LedgerLine line : result.lines()) {
            stage.tell("  %-58s %,7d %,7d %,7d %,7d %,7d"
                    .formatted(
                            line.promise(),
                            line.owed(),
                            line.kept(),
                            line.open(),
                            line.lost().size(),
                            line.doubled()));
        }
        Latency urgent = result.urgent();
        if (urgent.sent() > 0) {
            stage.tell("  urgent signal accepted -> alert in a mailbox: p50 %d ms, p99 %d ms (%d of %d; machine time)"
                    .formatted(urgent.p50().toMillis(), urgent.p99().toMillis(), urgent.arrived(), urgent.sent()));
        }
        stage.tell("  %,d calls, %,d of them made again; the clock ran %d simulated days ahead"
                .formatted(result.calls(), result.repeats(), clock.ahead().toDays()));
        stage.tell(result.balances() ? "The ledger balances." : "THE LEDGER DOES NOT BALANCE.");
    }
}
