package org.jikimi.local;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jikimi.city.City;
import org.jikimi.city.CityFiles;
import org.jikimi.city.story.OffsetFile;
import org.jikimi.city.story.Patience;
import org.jikimi.city.story.Story;
import org.jikimi.city.story.StoryFailure;
import org.jikimi.city.story.StoryRecord;
import org.jspecify.annotations.Nullable;

/** Plays a quarter of a synthetic city in the running stack, once in the life of a data directory. */
final class CityStory {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final long CHILDREN = 100_000;
    private static final long SEED = 1;

    private final Layout layout;
    private final City city;
    private final OffsetFile clock;
    private final StoryRecord record;

    private CityStory(Layout layout, City city, OffsetFile clock, StoryRecord record) {
        this.layout = layout;
        this.city = city;
        this.clock = clock;
        this.record = record;
    }

    /**
     * The story of the city in the data directory, or of a new one where there is none.
     *
     * @param children how many children; those of the city that is there, else {@value #CHILDREN}, if null
     * @param seed which city; likewise, else {@value #SEED}
     */
    static CityStory in(Layout layout, @Nullable Long children, @Nullable Long seed) {
        try {
            var clock = new OffsetFile(layout.clockOffset());
            var record = StoryRecord.in(layout.data());
            var today = LocalDate.ofInstant(Clock.systemUTC().instant().plus(clock.ahead()), SEOUL);
            var city = record.city().isPresent()
                    ? known(layout, record.city().get(), children, seed)
                    : fresh(children, seed, today);
            return new CityStory(layout, city, clock, record);
        } catch (IOException e) {
            throw new StackFailure("The city in " + layout.data() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static City known(Layout layout, City city, @Nullable Long children, @Nullable Long seed) {
        if ((children != null && children != city.children()) || (seed != null && seed != city.seed())) {
            throw new StackFailure(
                    "%s holds the city of %d children, seed %d: ./jikimi reset empties it, --data chooses another."
                            .formatted(layout.data(), city.children(), city.seed()));
        }
        return city;
    }

    /** A city as it was asked for, or one sentence that says what may be asked for. */
    static City fresh(@Nullable Long children, @Nullable Long seed, LocalDate asOf) {
        long count = children == null ? CHILDREN : children;
        if (count < City.MIN_CHILDREN || count > City.MAX_CHILDREN) {
            throw new StackFailure(
                    "--children takes " + City.MIN_CHILDREN + " to " + City.MAX_CHILDREN + ", not " + count + ".");
        }
        return new City(count, seed == null ? SEED : seed, asOf);
    }

    /** Tells whether all that was promised happened: nothing lost, nothing doubled. */
    boolean play(Stack stack, PrintStream console) {
        try {
            var files = layout.data().resolve("city");
            if (!record.isTold()) {
                new CityFiles(city).write(files);
            }
            return new Story(
                            city,
                            files,
                            stack.urls(),
                            stack.tokens(),
                            clock,
                            stack.mails(),
                            Patience.usual(),
                            record,
                            console)
                    .play()
                    .balances();
        } catch (StoryFailure | IOException e) {
            throw new StackFailure("The story broke off: " + e.getMessage() + "; see " + layout.logs() + ".", e);
        }
    }
}
