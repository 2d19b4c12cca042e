package org.jikimi.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jikimi.contracts.cases.v1.VisitCompleted;
import org.jikimi.contracts.screening.v1.ChildFlagged;
import org.junit.jupiter.api.Test;

class EventTypesTest {

    private static final Path CLASSES = classes();

    @Test
    void every_record_of_a_versioned_package_is_listed_once() throws IOException {
        assertThat(EventTypes.all().stream().map(it -> it.dataClass().getName()))
                .containsExactlyInAnyOrderElementsOf(files("org/jikimi/contracts", ".class")
                        .filter(it -> it.contains("/v1/") && !it.contains("$") && !it.contains("package-info"))
                        .map(it -> it.replace('/', '.').replaceFirst("\\.class$", ""))
                        .toList());
    }

    @Test
    void every_contract_file_belongs_to_an_event() throws IOException {
        List<String> expected = EventTypes.all().stream()
                .flatMap(it -> Stream.of(it.schemaResource(), it.goldenResource()))
                .toList();

        assertThat(files("contracts", ".json")).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void topics_are_unique() {
        assertThat(EventTypes.all()).extracting(EventType::topic).doesNotHaveDuplicates();
    }

    @Test
    void an_event_type_is_named_as_the_users_know_it() {
        EventType type = EventTypes.of(VisitCompleted.class);

        assertThat(type.topic()).isEqualTo("VisitCompleted");
        assertThat(type.producer()).isEqualTo("case");
        assertThat(type.ceType()).isEqualTo("org.jikimi.case.VisitCompleted.v1");
        assertThat(type.ceSource()).isEqualTo("/case");
        assertThat(type.dataSchema()).isEqualTo("urn:jikimi:case:VisitCompleted:v1");
    }

    @Test
    void an_event_type_is_found_by_its_header_and_an_unknown_one_is_not() {
        assertThat(EventTypes.ofCeType("org.jikimi.screening.ChildFlagged.v1"))
                .contains(EventTypes.of(ChildFlagged.class));
        assertThat(EventTypes.ofCeType("org.jikimi.screening.ChildFlagged.v2")).isEmpty();
    }

    @Test
    void a_record_that_is_no_event_is_refused() {
        assertThatThrownBy(() -> EventTypes.of(EventType.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("list it in EventTypes");
    }

    @Test
    void each_service_produces_its_own_events() {
        assertThat(Stream.of("screening", "case", "referral", "notification")
                        .flatMap(it -> EventTypes.producedBy(it).stream()))
                .containsExactlyInAnyOrderElementsOf(EventTypes.all());
    }

    private static Stream<String> files(String folder, String ending) throws IOException {
        try (Stream<Path> tree = Files.walk(CLASSES.resolve(folder))) {
            return tree
                    .map(it -> CLASSES.relativize(it).toString().replace('\\', '/'))
                    .filter(it -> it.endsWith(ending))
                    .toList()
                    .stream();
        }
    }

    private static Path classes() {
        try {
            return Path.of(EventTypes.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
