package org.jikimi.local;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jikimi.city.City;
import org.jikimi.city.CityFiles;
import org.jikimi.city.story.KeycloakTokens;
import org.jikimi.city.story.MailCounter;
import org.jikimi.city.story.OffsetFile;
import org.jikimi.city.story.Patience;
import org.jikimi.city.story.Story;
import org.jikimi.city.story.StoryFailure;
import org.jikimi.city.story.Urls;

/** Plays a quarter of a synthetic city in the running stack. */
final class CityStory {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private final long children;
    private final long seed;

    CityStory(long children, long seed) {
        if (children < City.MIN_CHILDREN || children > City.MAX_CHILDREN) {
            throw new StackFailure(
                    "--children takes " + City.MIN_CHILDREN + " to " + City.MAX_CHILDREN + ", not " + children + ".");
        }
        this.children = children;
        this.seed = seed;
    }

    /** Tells whether all that was promised happened: nothing lost, nothing doubled. */
    boolean play(Layout layout, Urls urls, KeycloakTokens tokens, MailCounter mails, PrintStream console) {
        try {
            var clock = new OffsetFile(layout.clockOffset());
            var today = LocalDate.ofInstant(Clock.systemUTC().instant().plus(clock.ahead()), SEOUL);
            var city = new City(children, seed, today);
            var files = layout.data().resolve("city-%d-%d".formatted(children, seed));
            new CityFiles(city).write(files);
            return new Story(city, files, urls, tokens, clock, mails, Patience.usual(), console)
                    .play()
                    .balances();
        } catch (StoryFailure | IOException e) {
            throw new StackFailure("The story broke off: " + e.getMessage() + "; see " + layout.logs() + ".", e);
        }
    }
}
