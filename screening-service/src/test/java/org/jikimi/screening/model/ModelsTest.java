package org.jikimi.screening.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.jikimi.screening.World;
import org.junit.jupiter.api.Test;

class ModelsTest {
    private final World world = new World();
    private final Models models = new Models();

    @Test
    void aShadowThatAnOlderReleasePutToUseKeepsNoOtherFromBecomingOne() throws SQLException {
        propose("one");
        propose("other");
        world.execute("UPDATE model SET state = 'RETIRED' WHERE state = 'ACTIVE'");
        world.execute("UPDATE model SET state = 'ACTIVE', shadow_since = now() WHERE version = 'one'");

        world.transactions.run(tx -> {
            models.shadow(tx, "other", world.times.now());
            return models;
        });

        var shadow = world.transactions.run(tx -> models.shadow(tx).orElse("none"));
        assertThat(shadow).isEqualTo("other");
        assertThat(world.query("SELECT version FROM model WHERE shadow_since IS NOT NULL"))
                .containsExactly("other");
    }

    private void propose(String version) throws SQLException {
        var document = new ScorecardDocument(
                version, null, null, null, 20, 900, 5, List.of(), List.of(), List.of(), List.of());
        world.transactions.run(tx -> {
            models.active(tx, world.times.now());
            return models.propose(tx, document, "analyst", world.times.now());
        });
    }
}
