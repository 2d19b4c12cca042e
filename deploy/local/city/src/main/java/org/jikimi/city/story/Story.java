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
    /** Weeks of a quarter. */
    public static final int QUARTER = 13;

    private static final Duration WEEK = Duration.ofDays(7);

    private final Stage stage;
    private final Api api;
    private final Path files;
    private final ClockOffset clock;
    private final MailCounter mails;
    private final StoryRecord record;
    private final Names names;
    private final Programmes programmes;

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
        this.programmes = new Programmes(stage, record);
    }

    /**
     * Plays it and counts; goes on where an earlier play was cut off, and counts alone where one was told to its end.
     *
     * @param weeks weeks of the simulated clock, from 1; all doors are knocked on in that time
     * @throws IOException if a file or the mail server cannot be read
     * @throws StoryFailure if a service answers what nobody could go on with
     */
    public LedgerResult play(int weeks) throws IOException {
        stage.tell("A synthetic city of %,d children; nobody in it ever lived."
                .formatted(stage.city().children()));
        if (record.round(Programme.QUARTERLY_SCREENING) == null) {
            record.begin(stage.city());
            new Arrivals(stage, files).arrive();
            stage.tell("  %,d children and %,d signals taken in"
                    .formatted(stage.figure("children"), stage.figure("signals")));
        } else {
            stage.tell("  Its children, signals and agencies are here already; nothing is sent twice.");
        }
        programmes.quarterly();
        var urgent = new UrgentSignals(stage, mails);
        Latency latency = Latency.none();
        if (!record.isTold()) {
            latency = record.weeksOver() == 0 ? urgent.measure() : latency;
            live(weeks);
            record.told();
        }
        LedgerResult result = count(urgent, latency);
        tell(result, weeks == QUARTER ? programmes.close() : List.of());
        return result;
    }

    private void live(int weeks) throws IOException {
        var doors = new Doors(stage, names);
        var reporters = new Reporters(stage, names, files);
        var investigators = new Investigators(stage, names);
        var providers = new Providers(stage);
        var managers = new CaseManagers(stage);
        var police = new Police(stage);
        var desk = new AlertDesk(stage);
        var outside = new Outside(api, stage.urls());
        requireVisits(outside);
        for (int week = record.weeksOver() + 1; week <= weeks; week++) {
            if (weeks == QUARTER && programmes.begin(week - 1)) {
                requireVisits(outside);
            }
            int knocks = doors.week(weeks - week + 1);
            reporters.week(week, weeks);
            investigators.week();
            police.week();
            providers.week();
            managers.week();
            int alerts = desk.week();
            stage.tell("  week %2d of %d of the simulated clock: %,d doors knocked on, %,d alerts taken on"
                    .formatted(week, weeks, knocks, alerts));
            clock.moveOn(WEEK);
            record.over(week);
        }
        providers.week();
    }

    private void requireVisits(Outside outside) {
        if (!stage.patience().until(() -> visitsPlanned(outside))) {
            throw new StoryFailure(
                    "not every flag had its visit after " + stage.patience().total());
        }
    }

    private boolean visitsPlanned(Outside outside) {
        return new Ledger(outside.look(programmes.rounds(), List.of()))
                .flags()
                .lost()
                .isEmpty();
    }

    /** Events are still on their way when the last step is done, so this looks until all has arrived. */
    private LedgerResult count(UrgentSignals urgent, Latency latency) throws IOException {
        LedgerResult newest = stage.patience().look(() -> countOnce(urgent, latency), LedgerResult::balances);
        if (latency.sent() > 0) {
            stage.set("mails delivered", mails.arrived());
        }
        return new LedgerResult(
                stage.figures(), newest.lines(), newest.rareFamilies(), latency, api.calls(), api.repeats());
    }

    private LedgerResult countOnce(UrgentSignals urgent, Latency latency) {
        Facts facts = new Outside(api, stage.urls()).look(programmes.rounds(), urgent.flagIds());
        Figures.of(facts).forEach(stage::set);
        return new LedgerResult(
                stage.figures(),
                new Ledger(facts).lines(),
                new RareFamilies(names).lines(facts),
                latency,
                api.calls(),
                api.repeats());
    }

    private void tell(LedgerResult result, List<String> programmesClosed) {
        stage.tell("");
        result.figures().forEach((figure, value) -> stage.tell("%,12d  %s".formatted(value, figure)));
        stage.tell("");
        if (!result.rareFamilies().isEmpty()) {
            stage.tell("Rare, and scripted in every city:");
            result.rareFamilies().forEach(line -> stage.tell("  " + line));
            stage.tell("");
        }
        if (!programmesClosed.isEmpty()) {
            stage.tell(Programmes.heading());
            programmesClosed.forEach(line -> stage.tell("  " + line));
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
