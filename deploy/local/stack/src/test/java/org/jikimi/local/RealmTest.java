package org.jikimi.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class RealmTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path REALM =
            Layout.of(Path.of(System.getProperty("jikimi.root")), null).realm();

    @Test
    void theRealmInTheRepositoryHoldsNoCredential() throws IOException {
        var text = Files.readString(REALM);

        assertThat(text).doesNotContain("credentials", "secretData", "clientSecret");
    }

    @Test
    void everyUserOfTheImportHasThePasswordOnlyAsAHash() throws IOException {
        var text = RealmImport.of(REALM, "a-very-secret-word");

        var users = JSON.readTree(text).path("users");
        assertThat(users)
                .hasSize(JSON.readTree(Files.readString(REALM)).path("users").size());
        assertThat(users)
                .allSatisfy(user -> assertThat(user.path("credentials")).hasSize(1));
        assertThat(text).doesNotContain("a-very-secret-word");
    }

    @Test
    void onlyTheClientThatProductionRefusesGivesTokensForAPassword() throws IOException {
        var clients = JSON.readTree(Files.readString(REALM)).path("clients");

        assertThat(clients)
                .filteredOn(client -> client.path("directAccessGrantsEnabled").asBoolean()
                        || client.path("publicClient").asBoolean())
                .extracting(client -> client.path("clientId").asText())
                .containsExactly("jikimi-cli");
    }

    @Test
    void everyUserHasARoleThatTheRealmKnows() throws IOException {
        var realm = JSON.readTree(Files.readString(REALM));
        var roles = realm.path("roles").path("realm").findValuesAsText("name");

        assertThat(StreamSupport.stream(realm.path("users").spliterator(), false)
                        .map(user -> user.path("realmRoles").path(0))
                        .map(JsonNode::asText))
                .isNotEmpty()
                .allSatisfy(role -> assertThat(roles).contains(role));
    }
}
