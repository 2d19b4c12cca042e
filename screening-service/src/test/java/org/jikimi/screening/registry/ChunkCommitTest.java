package org.jikimi.screening.registry;

import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.registry.SendChildren.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jikimi.screening.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChunkCommitTest {
    private World world;

    /** What holds of each chunk at the moment of its commit. */
    @BeforeEach
    void eachCommitOfAChunkSaysWhetherItWaits() throws Exception {
        world = new World();
        world.execute("CREATE TABLE committed (waits text)");
        world.execute("GRANT ALL ON committed TO PUBLIC");
        world.execute("CREATE FUNCTION say() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                + "INSERT INTO committed SELECT CASE source WHEN 'session' THEN setting ELSE 'as all others' END "
                + "FROM pg_settings WHERE name = 'synchronous_commit'; RETURN NULL; END $$");
        world.execute("CREATE CONSTRAINT TRIGGER say AFTER INSERT ON batch_chunk "
                + "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION say()");
    }

    @Test
    void aChunkThatTellsNobodyAnythingLeavesTheWaitToTheReceipt() throws Exception {
        SendChildren.send(world, "first", child("A1", "H-1", "2020-05-01"));

        assertEquals(List.of("off"), world.query("SELECT waits FROM committed"));
    }

    @Test
    void aChunkOfWhichOthersHearWaitsItself() throws Exception {
        SendChildren.send(world, "first", child("A1", "H-1", "2020-05-01"));
        SendChildren.send(world, "second", with(child("A1", "H-1", "2020-05-01"), "DECEASED", World.TODAY.toString()));

        assertEquals(
                List.of("ChildStatusChanged"),
                world.query("SELECT type FROM outbox WHERE type = 'ChildStatusChanged'"));
        assertEquals(List.of("as all others", "off"), world.query("SELECT waits FROM committed ORDER BY waits"));
    }
}
