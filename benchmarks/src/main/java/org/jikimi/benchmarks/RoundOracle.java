package org.jikimi.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Says by one set-based query over the raw signals, sharing no code with the service, whom a round must flag. */
final class RoundOracle {
    private final String query;
    private List<String> expected = List.of();

    private RoundOracle(String query) {
        this.query = query;
    }

    /** The query for the active scorecard and the catalogue of indicators, as the service shows them. */
    static RoundOracle of(ScreeningApi api, LocalDate asOf) throws IOException {
        var model = stream(api.get("/api/v1/models").get("items"))
                .filter(m -> m.get("state").textValue().equals("ACTIVE"))
                .findFirst()
                .orElseThrow()
                .get("scorecard");
        Map<String, JsonNode> byCode = new HashMap<>();
        stream(api.get("/api/v1/indicators").get("items"))
                .forEach(i -> byCode.put(i.get("code").textValue(), i));
        var indicators = rows(model.get("indicators"), weight -> {
            var indicator = Objects.requireNonNull(byCode.get(weight.get("code").textValue()));
            return "(%s::smallint, %s, %s, %s)"
                    .formatted(
                            indicator.get("bit"),
                            indicator.get("ofHousehold"),
                            indicator.get("validityDays"),
                            weight.get("points"));
        });
        var families = rows(model.get("familyTypes"), type -> {
            var same = type.path("sameFactAs").textValue();
            var bit = same == null
                    ? "-1"
                    : Objects.requireNonNull(byCode.get(same)).get("bit");
            return "('%s', %s, %s)".formatted(type.get("code").textValue(), type.get("points"), bit);
        });
        var regions = rows(
                model.get("regions"),
                region -> "('%s', %s)".formatted(region.get("code").textValue(), region.get("points")));
        var ages = rows(
                model.get("ageBands"),
                band -> "(%s, %s, %s)".formatted(band.get("fromMonths"), band.get("toMonths"), band.get("points")));
        return new RoundOracle(text().replace(":indicators", indicators)
                .replace(":families", families)
                .replace(":regions", regions)
                .replace(":ages", ages)
                .replace(":threshold", model.get("threshold").asText())
                .replace(":day", "DATE '" + asOf + "'"));
    }

    /** Asks, and answers the seconds it took until the last row was there. */
    double ask(Connection connection) throws SQLException {
        var start = System.nanoTime();
        expected = column(connection, query);
        return (System.nanoTime() - start) / 1e9;
    }

    /** Compares the flags of a round with the answer, child by child: score, rank and whether it made the cut. */
    int requireSameFlags(Connection connection, String round) throws SQLException {
        var actual = column(
                connection,
                "SELECT child_id || ' ' || score || ' ' || rank || ' ' || (state <> 'BACKLOG') FROM flag "
                        + "WHERE round_id = '" + round + "' ORDER BY child_id");
        if (!actual.equals(expected)) {
            var more = new ArrayList<>(actual);
            more.removeAll(expected.stream().collect(Collectors.toSet()));
            throw new IllegalStateException("the round flagged %d, the query %d; flagged otherwise by the round: %s"
                    .formatted(
                            actual.size(),
                            expected.size(),
                            more.stream().limit(3).toList()));
        }
        return actual.size();
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var column = new ArrayList<String>();
            while (rows.next()) {
                column.add(rows.getString(1));
            }
            return column;
        }
    }

    private interface Row {
        String of(JsonNode node);
    }

    private static String rows(JsonNode items, Row row) {
        return stream(items).map(row::of).collect(Collectors.joining(", "));
    }

    private static Stream<JsonNode> stream(JsonNode items) {
        return StreamSupport.stream(items.spliterator(), false);
    }

    private static String text() {
        try (var sql = Objects.requireNonNull(RoundOracle.class.getResourceAsStream("round-oracle.sql"))) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
