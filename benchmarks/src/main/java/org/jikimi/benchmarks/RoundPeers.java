package org.jikimi.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * General rule engines that judge the children of a round by the same scorecard. They find the children in memory and add
 * up points alone; the round beside them also reads, ranks, cuts and writes. Each must flag the same children.
 */
final class RoundPeers {
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final int FETCH = 10_000;
    private static final int GROWN_UP_YEARS = 18;

    private final LocalDate asOf;
    private final Rules rules;
    private final Map<Integer, Integer> validity = new HashMap<>();
    private final List<LocalDate[]> bands = new ArrayList<>();
    private final List<JudgedChild> children = new ArrayList<>();
    /** Those whom a round may flag. */
    private final Set<UUID> candidates = new HashSet<>();

    private RoundPeers(JsonNode model, Map<String, JsonNode> indicators, LocalDate asOf) {
        this.asOf = asOf;
        indicators
                .values()
                .forEach(indicator -> validity.put(
                        indicator.get("bit").intValue(),
                        indicator.get("validityDays").intValue()));
        for (var band : model.get("ageBands")) {
            bands.add(new LocalDate[] {
                asOf.minusMonths(band.get("toMonths").intValue()),
                asOf.minusMonths(band.get("fromMonths").intValue())
            });
        }
        this.rules = new Rules(
                stream(model.get("indicators"))
                        .map(weight -> new Rules.Weight(
                                weight.get("code").textValue(),
                                bit(indicators, weight.get("code").textValue()),
                                weight.get("points").intValue()))
                        .toList(),
                stream(model.get("familyTypes"))
                        .map(type -> new Rules.Family(
                                type.get("code").textValue(),
                                type.get("points").intValue(),
                                type.path("sameFactAs").isTextual()
                                        ? bit(indicators, type.get("sameFactAs").textValue())
                                        : -1))
                        .toList(),
                stream(model.get("regions"))
                        .map(region -> new Rules.Region(
                                region.get("code").textValue(),
                                region.get("points").intValue()))
                        .toList(),
                IntStream.range(0, bands.size())
                        .mapToObj(number -> new Rules.Band(
                                number,
                                model.get("ageBands").get(number).get("points").intValue()))
                        .toList(),
                model.get("threshold").intValue());
    }

    /**
     * Measures the engines that are there.
     *
     * @param screened children that the round screened in a second
     */
    static List<Figure> measure(
            ScreeningApi api,
            Connection connection,
            String round,
            LocalDate asOf,
            double screened,
            PrintStream progress)
            throws IOException, SQLException {
        var engines = ServiceLoader.load(RuleEngine.class);
        if (engines.findFirst().isEmpty()) {
            progress.println("round: no rule engines beside it, as they were not built");
            return List.of();
        }
        var model = stream(api.get("/api/v1/models").get("items"))
                .filter(one -> one.get("state").textValue().equals("ACTIVE"))
                .findFirst()
                .orElseThrow()
                .get("scorecard");
        Map<String, JsonNode> indicators = new HashMap<>();
        api.get("/api/v1/indicators")
                .get("items")
                .forEach(one -> indicators.put(one.get("code").textValue(), one));
        var peers = new RoundPeers(model, indicators, asOf);
        peers.read(connection, round);
        var flags = flags(connection, round);
        var figures = new ArrayList<Figure>();
        for (var engine : engines) {
            double judged = peers.judge(engine, flags);
            progress.printf(
                    Locale.ROOT,
                    "round: %s judges %,.0f children a second, and flags the same%n",
                    engine.name(),
                    judged);
            figures.add(new Figure(
                    "round, %,d children: screened".formatted(peers.children.size()),
                    screened,
                    "children/s",
                    judged,
                    engine.name(),
                    "faster, same flags",
                    screened > judged));
        }
        return figures;
    }

    private double judge(RuleEngine engine, Map<UUID, Integer> flags) {
        var judge = engine.learn(rules);
        int step = Math.max(1, children.size() / engine.most());
        var some = IntStream.iterate(0, i -> i < children.size(), i -> i + step)
                .limit(engine.most())
                .mapToObj(children::get)
                .toList();
        judge.points(some.subList(0, Math.min(some.size(), some.size() / 10 + 1))); // warms up
        long start = System.nanoTime();
        int[] points = judge.points(some);
        double seconds = (System.nanoTime() - start) / 1e9;
        for (int i = 0; i < points.length; i++) {
            requireSame(engine, some.get(i).id(), points[i], flags);
        }
        return some.size() / seconds;
    }

    private void requireSame(RuleEngine engine, UUID child, int points, Map<UUID, Integer> flags) {
        boolean flagged = points >= rules.threshold() && candidates.contains(child);
        if (!Objects.equals(flagged ? Integer.valueOf(points) : null, flags.get(child))) {
            throw new IllegalStateException("%s gives a child %d points, which the round flagged with %s"
                    .formatted(engine.name(), points, flags.get(child)));
        }
    }

    private void read(Connection connection, String round) throws SQLException {
        connection.setAutoCommit(false);
        try (var query =
                connection.prepareStatement("SELECT child_id, birth_date, family_type, district_code, mask, observed, "
                        + "open_work FROM round_child WHERE round_id = CAST(? AS uuid)")) {
            query.setFetchSize(FETCH);
            query.setString(1, round);
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    take(row);
                }
            }
        }
        connection.setAutoCommit(true);
    }

    private void take(ResultSet row) throws SQLException {
        var id = row.getObject(1, UUID.class);
        var born = row.getObject(2, LocalDate.class);
        long mask = row.getLong(5);
        long standing = mask == 0 ? 0 : standing(mask, (Short[]) row.getArray(6).getArray());
        children.add(new JudgedChild(
                id, standing, row.getString(3).intern(), row.getString(4).intern(), band(born)));
        if (!row.getBoolean(7) && !born.isAfter(asOf) && born.isAfter(asOf.minusYears(GROWN_UP_YEARS))) {
            candidates.add(id);
        }
    }

    private long standing(long mask, Short[] observed) {
        long today = ChronoUnit.DAYS.between(FIRST_DAY, asOf);
        long standing = 0;
        int place = 0;
        for (long left = mask; left != 0; left &= left - 1) {
            int bit = Long.numberOfTrailingZeros(left);
            if (observed[place++] > today - validity.getOrDefault(bit, 0)) {
                standing |= 1L << bit;
            }
        }
        return standing;
    }

    private int band(LocalDate born) {
        for (int i = 0; i < bands.size(); i++) {
            if (born.isAfter(bands.get(i)[0]) && !born.isAfter(bands.get(i)[1])) {
                return i;
            }
        }
        return -1;
    }

    private static Map<UUID, Integer> flags(Connection connection, String round) throws SQLException {
        var flags = new HashMap<UUID, Integer>();
        try (var query =
                connection.prepareStatement("SELECT child_id, score FROM flag WHERE round_id = CAST(? AS uuid)")) {
            query.setString(1, round);
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    flags.put(row.getObject(1, UUID.class), row.getInt(2));
                }
            }
        }
        return flags;
    }

    private static int bit(Map<String, JsonNode> indicators, String code) {
        return Objects.requireNonNull(indicators.get(code)).get("bit").intValue();
    }

    private static Stream<JsonNode> stream(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false);
    }
}
