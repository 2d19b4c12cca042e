package org.jikimi.city.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jikimi.city.City;
import org.jikimi.city.District;

/**
 * What every step of the story needs.
 *
 * @param city the synthetic city
 * @param api the public APIs
 * @param urls where they are
 * @param patience how long to wait for what follows from an event
 * @param out where the story is told
 * @param figures figures of the story, in the order in which they are told
 */
record Stage(City city, Api api, Urls urls, Patience patience, PrintStream out, Map<String, Long> figures) {
    private static final int OFFICERS_AT_ONCE = 4;

    Stage(City city, Api api, Urls urls, Patience patience, PrintStream out) {
        this(city, api, urls, patience, out, new LinkedHashMap<>());
    }

    static ObjectNode body() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A key that names an effect in this city, so that playing the story again does nothing twice. */
    String key(String effect) {
        return "city-" + city.seed() + '-' + city.children() + '-' + effect;
    }

    void tell(String line) {
        out.println(line);
    }

    synchronized void add(String figure, long more) {
        figures.merge(figure, more, Long::sum);
    }

    synchronized void set(String figure, long value) {
        figures.put(figure, value);
    }

    synchronized long figure(String figure) {
        return figures.getOrDefault(figure, 0L);
    }

    /** All of a list, in memory. */
    List<JsonNode> all(String user, URI service, String path) {
        List<JsonNode> items = new ArrayList<>();
        api.each(user, service, path, items::add);
        return items;
    }

    /** Lets the people of all districts work, a few districts at a time; the first failure ends it. */
    void inEachDistrict(Consumer<District> work) {
        try (var officers = Executors.newFixedThreadPool(OFFICERS_AT_ONCE)) {
            List<Future<?>> days = new ArrayList<>();
            for (District district : District.all()) {
                days.add(officers.submit(() -> work.accept(district)));
            }
            for (Future<?> day : days) {
                day.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StoryFailure failure
                    ? failure
                    : new StoryFailure("a district's day ended badly", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoryFailure("interrupted", e);
        }
    }
}
