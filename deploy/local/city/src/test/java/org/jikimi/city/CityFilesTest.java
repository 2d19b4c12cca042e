package org.jikimi.city;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CityFilesTest {
    private static final LocalDate AS_OF = LocalDate.of(2026, 10, 1);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    void theSameSeedWritesTheSameBytes() throws IOException {
        new CityFiles(new City(2_000, 7, AS_OF)).write(directory.resolve("one"));
        new CityFiles(new City(2_000, 7, AS_OF)).write(directory.resolve("two"));

        assertThat(bytes("one")).hasSize(2 * Indicator.sourceKinds().size() + 6).containsExactlyEntriesOf(bytes("two"));
    }

    @Test
    void anotherSeedIsAnotherCity() throws IOException {
        new CityFiles(new City(2_000, 7, AS_OF)).write(directory.resolve("one"));
        new CityFiles(new City(2_000, 8, AS_OF)).write(directory.resolve("two"));

        assertThat(bytes("two").get("children.ndjson"))
                .isNotEqualTo(bytes("one").get("children.ndjson"));
    }

    @Test
    void everyChildLineHasTheFieldsOfTheInterface() throws IOException {
        new CityFiles(new City(500, 7, AS_OF)).write(directory);

        List<String> lines = Files.readAllLines(directory.resolve("children.ndjson"));
        assertThat(lines).hasSize(500).allSatisfy(line -> {
            JsonNode child = JSON.readTree(line);
            assertThat(child.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "identifier",
                            "name",
                            "address",
                            "birthDate",
                            "sex",
                            "householdId",
                            "familyType",
                            "districtCode",
                            "dongCode",
                            "care");
            assertThat(child.at("/identifier/value").asText()).matches("\\d{13}");
            assertThat(child.path("name").asText()).startsWith("합성-");
            assertThat(child.path("address").asText()).startsWith("합성-");
            assertThat(child.path("dongCode").asText())
                    .matches("\\d{8}00")
                    .startsWith(child.path("districtCode").asText());
            assertThat(LocalDate.parse(child.path("birthDate").asText())).isBeforeOrEqualTo(AS_OF);
        });
    }

    @Test
    void everySignalLineHasTheFieldsOfTheInterfaceAndComesFromTheIndicatorsSource() throws IOException {
        new CityFiles(new City(5_000, 7, AS_OF)).write(directory);

        for (String kind : Indicator.sourceKinds()) {
            for (String line : Files.readAllLines(directory.resolve("signals-" + kind + ".ndjson"))) {
                JsonNode signal = JSON.readTree(line);
                assertThat(signal.fieldNames())
                        .toIterable()
                        .containsExactly("signalId", "indicator", "subject", "observedOn", "clearedOn");
                assertThat(Indicator.of(signal.path("indicator").asText()).sourceKind())
                        .isEqualTo(kind);
                assertThat(signal.at("/subject/scheme").asText()).isIn("RRN", "TNN", "TMN", "HOUSEHOLD");
            }
        }
    }

    @Test
    void theTwinInCommaSeparatedValuesSaysTheSame() throws IOException {
        new CityFiles(new City(500, 7, AS_OF)).write(directory);

        List<String> rows = Files.readAllLines(directory.resolve("children.csv"));
        List<String> lines = Files.readAllLines(directory.resolve("children.ndjson"));
        assertThat(rows).hasSize(lines.size() + 1);
        JsonNode last = JSON.readTree(lines.getLast());
        assertThat(rows.getFirst()).startsWith("identifierScheme,identifierValue,name,address,birthDate");
        assertThat(rows.getLast())
                .startsWith(last.at("/identifier/scheme").asText()
                        + ','
                        + last.at("/identifier/value").asText())
                .endsWith(',' + last.path("care").asText());
    }

    private Map<String, String> bytes(String city) throws IOException {
        var bytes = new TreeMap<String, String>();
        try (var files = Files.list(directory.resolve(city))) {
            for (Path file : files.toList()) {
                bytes.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return bytes;
    }
}
