package org.jikimi.screening.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jikimi.screening.World;
import org.junit.jupiter.api.Test;

class ModelsTest {
    private static final String STATES =
            "SELECT concat_ws(' ', version, state, activated_by) FROM model ORDER BY version";

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

    @Test
    void aNewDatabaseBeginsWithTheVersionThatShips() throws SQLException {
        var active = world.transactions.run(tx -> models.active(tx, world.times.now()));

        assertThat(active.version()).isEqualTo("expert-2");
        assertThat(world.query(STATES)).containsExactly("expert-2 ACTIVE shipped");
    }

    @Test
    void aDatabaseThatRunsAnotherVersionKeepsItAndIsOfferedTheOneThatShipsOnce() throws SQLException {
        propose("expert-1");
        world.execute("DELETE FROM model WHERE version <> 'expert-1'");
        world.execute("UPDATE model SET state = 'ACTIVE'");

        var active = offered();
        offered();

        assertThat(active).isEqualTo("expert-1");
        assertThat(world.query(STATES)).containsExactly("expert-1 ACTIVE", "expert-2 PROPOSED");
    }

    @Test
    void whoeverPutsAVersionBackDoesNotStandForThePersonWhoApprovedIt() throws SQLException {
        propose("one");
        var approvedAt = world.times.now();
        activate("one", "supervisor", approvedAt);
        activate("expert-2", "supervisor", approvedAt.plusSeconds(60));

        activate("one", "analyst", approvedAt.plusSeconds(120));

        var back = world.transactions.run(tx -> models.find(tx, "one").orElseThrow());
        assertThat(back.state()).isEqualTo("ACTIVE");
        assertThat(back.proposedBy()).isEqualTo("analyst");
        assertThat(back.activatedBy()).isEqualTo("supervisor");
        assertThat(back.activatedAt()).isEqualTo(approvedAt);
        assertThat(world.query(STATES)).containsExactly("expert-2 RETIRED shipped", "one ACTIVE supervisor");
    }

    private void activate(String version, String by, Instant at) throws SQLException {
        world.transactions.run(tx -> {
            models.activate(tx, version, by, at);
            return version;
        });
    }

    private String offered() throws SQLException {
        return world.transactions.run(tx -> {
            models.offerShipped(tx, world.times.now());
            return models.active(tx, world.times.now()).version();
        });
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
