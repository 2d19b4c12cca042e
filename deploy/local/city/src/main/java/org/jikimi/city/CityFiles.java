package org.jikimi.city;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Writes a city as the files that its agencies would send. Households stream through; memory does not grow. */
public final class CityFiles {
    private static final List<String> CHILD_COLUMNS = List.of(
            "identifierScheme",
            "identifierValue",
            "name",
            "address",
            "birthDate",
            "sex",
            "householdId",
            "familyType",
            "districtCode",
            "dongCode",
            "care");
    private static final List<String> SIGNAL_COLUMNS =
            List.of("signalId", "indicator", "subjectScheme", "subjectValue", "observedOn", "clearedOn");

    private final City city;

    public CityFiles(City city) {
        this.city = city;
    }

    /**
     * Writes everything into a directory, which is made if need be; files of the same names are replaced.
     *
     * @return lines written, by file name without its ending
     * @throws IOException if the directory cannot be written to
     */
    public Map<String, Long> write(Path directory) throws IOException {
        Files.createDirectories(directory);
        var written = new LinkedHashMap<String, Long>();
        streamHouseholds(directory, written);
        agencies(directory, written);
        capacities(directory, written);
        families(directory, written);
        return written;
    }

    private void streamHouseholds(Path directory, Map<String, Long> written) throws IOException {
        var bySource = new TreeMap<String, LineFile>();
        var signals = new Signals(city);
        try (var children = new LineFile(directory, "children", CHILD_COLUMNS);
                var reports = new LineFile(directory, "reports")) {
            for (String kind : Indicator.sourceKinds()) {
                bySource.put(kind, new LineFile(directory, "signals-" + kind, SIGNAL_COLUMNS));
            }
            city.forEachHousehold(household -> {
                try {
                    for (Child child : household.children()) {
                        write(children, household, child);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                signals.of(household, signal -> write(bySource, signal));
                Report.of(city, household, report -> write(reports, report));
            });
            written.put("children", children.lines());
            bySource.forEach((kind, file) -> written.put("signals-" + kind, file.lines()));
            written.put("reports", reports.lines());
        } finally {
            for (LineFile file : bySource.values()) {
                file.close();
            }
        }
    }

    private static void write(LineFile file, Household household, Child child) throws IOException {
        Identifier id = child.identifier();
        String sex = child.female() ? "F" : "M";
        file.write(
                json -> {
                    subject(json, "identifier", id.scheme(), id.value());
                    json.writeStringField("name", child.name());
                    json.writeStringField("address", household.address());
                    json.writeStringField("birthDate", child.birthDate().toString());
                    json.writeStringField("sex", sex);
                    json.writeStringField("householdId", household.id());
                    json.writeStringField("familyType", household.familyType());
                    json.writeStringField("districtCode", household.district().code());
                    json.writeStringField("dongCode", household.dongCode());
                    json.writeStringField("care", child.care());
                },
                id.scheme(),
                id.value(),
                child.name(),
                household.address(),
                child.birthDate(),
                sex,
                household.id(),
                household.familyType(),
                household.district().code(),
                household.dongCode(),
                child.care());
    }

    private static void write(Map<String, LineFile> bySource, Signal signal) {
        LineFile file = bySource.get(signal.indicator().sourceKind());
        if (file == null) {
            throw new IllegalStateException("no file for " + signal);
        }
        var cleared = signal.clearedOn();
        try {
            file.write(
                    json -> {
                        json.writeStringField("signalId", signal.signalId());
                        json.writeStringField("indicator", signal.indicator().code());
                        subject(json, "subject", signal.subjectScheme(), signal.subjectValue());
                        json.writeStringField("observedOn", signal.observedOn().toString());
                        json.writeStringField("clearedOn", cleared == null ? null : cleared.toString());
                    },
                    signal.signalId(),
                    signal.indicator().code(),
                    signal.subjectScheme(),
                    signal.subjectValue(),
                    signal.observedOn(),
                    cleared);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(LineFile file, Report report) {
        Identifier id = report.child().identifier();
        try {
            file.write(json -> {
                json.writeStringField("reportNo", report.reportNo());
                json.writeStringField("reporter", report.reporter());
                json.writeStringField("channel", report.channel());
                subject(json, "subject", id.scheme(), id.value());
                json.writeStringField("name", report.child().name());
                json.writeStringField(
                        "districtCode", report.household().district().code());
                json.writeStringField("dongCode", report.household().dongCode());
                json.writeStringField("urgency", report.urgency());
                strings(json, "suspectedTypes", report.suspectedTypes());
                json.writeStringField("reportedOn", report.reportedOn().toString());
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void agencies(Path directory, Map<String, Long> written) throws IOException {
        try (var file = new LineFile(directory, "agencies")) {
            for (Agency agency : Agency.of(city.children())) {
                file.write(json -> {
                    json.writeStringField("id", agency.id().toString());
                    json.writeStringField("kind", agency.kind());
                    json.writeStringField("name", agency.name());
                    json.writeStringField("districtCode", agency.districtCode());
                    strings(json, "catchment", agency.catchment());
                    json.writeArrayFieldStart("services");
                    for (var service : new TreeMap<>(agency.services()).entrySet()) {
                        json.writeStartObject();
                        json.writeStringField("code", service.getKey());
                        json.writeNumberField("capacity", service.getValue());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeNumberField("beds", agency.beds());
                });
            }
            written.put("agencies", file.lines());
        }
    }

    private void capacities(Path directory, Map<String, Long> written) throws IOException {
        try (var file = new LineFile(directory, "dong-capacities")) {
            for (DongCapacity capacity : DongCapacity.of(city.children())) {
                file.write(json -> {
                    json.writeStringField("districtCode", capacity.districtCode());
                    json.writeStringField("dongCode", capacity.dongCode());
                    json.writeNumberField("visits", capacity.visits());
                });
            }
            written.put("dong-capacities", file.lines());
        }
    }

    private void families(Path directory, Map<String, Long> written) throws IOException {
        List<Map<String, Object>> families = IntStream.range(0, Script.all().size())
                .mapToObj(place -> city.household(city.firstHousehold() + place))
                .map(CityFiles::family)
                .toList();
        var printer = new DefaultPrettyPrinter()
                .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                .withArrayIndenter(new DefaultIndenter("  ", "\n"));
        Files.writeString(
                directory.resolve("families.json"),
                JsonMapper.builder().build().writer(printer).writeValueAsString(families) + "\n");
        written.put("families", (long) families.size());
    }

    private static Map<String, Object> family(Household household) {
        var family = new LinkedHashMap<String, Object>();
        family.put("script", String.valueOf(household.script()));
        family.put("householdId", household.id());
        family.put("districtCode", household.district().code());
        family.put("dongCode", household.dongCode());
        family.put("children", household.children().stream().map(Child::name).toList());
        return family;
    }

    private static void subject(JsonGenerator json, String field, String scheme, String value) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("scheme", scheme);
        json.writeStringField("value", value);
        json.writeEndObject();
    }

    private static void strings(JsonGenerator json, String field, List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
