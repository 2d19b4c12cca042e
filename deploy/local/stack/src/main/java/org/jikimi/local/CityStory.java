package org.jikimi.local;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jikimi.city.City;
import org.jikimi.city.CityFiles;
import org.jikimi.city.story.ClockOffset;
import org.jikimi.city.story.LedgerResult;
import org.jikimi.city.story.Patience;
import org.jikimi.city.story.Story;
import org.jikimi.city.story.StoryFailure;

/** Plays a quarter of a synthetic city in the running stack. */
final class CityStory {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private final long children;
    private final long seed;
    private final long firstHousehold;

    CityStory(long children, long seed, long firstHousehold) {
        if (children < City.MIN_CHILDREN || children > City.MAX_CHILDREN) {
            throw new StackFailure(
                    "--children takes " + City.MIN_CHILDREN + " to " + City.MAX_CHILDREN + ", not " + children + ".");
        }
        this.children = children;
        this.seed = seed;
        this.firstHousehold = firstHousehold;
    }

    /** Tells it and counts whether all that was promised happened: nothing lost, nothing doubled. */
    LedgerResult play(Layout layout, Stack stack, PrintStream console) {
        try {
            var clock = stack.clock();
            var files = layout.data().resolve("city-%d-%d".formatted(children, seed));
            var city = new City(children, seed, asOf(files, clock), firstHousehold);
            new CityFiles(city).write(files);
            return new Story(city, files, stack.urls(), stack.tokens(), clock, stack.mails(), Patience.usual(), console)
                    .play();
        } catch (StoryFailure | IOException e) {
            throw new StackFailure("The story broke off: " + e.getMessage() + "; see " + layout.logs() + ".", e);
        }
    }

    /** The day the city was made; on kept data it is the same city again, though the simulated clock has gone on. */
    private static LocalDate asOf(Path files, ClockOffset clock) throws IOException {
        var made = files.resolve("as-of");
        if (!Files.exists(made)) {
            var today = LocalDate.ofInstant(Clock.systemUTC().instant().plus(clock.ahead()), SEOUL);
            Files.createDirectories(files);
            Files.writeString(made, today.toString());
        }
        return LocalDate.parse(Files.readString(made));
    }
}
