package org.jikimi.screening.registry;

import static org.jikimi.screening.registry.SendChildren.child;

import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.screening.World;
import org.jspecify.annotations.Nullable;

/** Two children of the register, of two households, who may prove to be one. */
final class TwoIds {
    final World world = new World();
    final UUID child;
    final UUID other;
    private final DecideIdentity decide =
            new DecideIdentity(world.events, world.urgently, new TellChanges(new Outbox(), world.events, world.times));

    TwoIds() throws Exception {
        SendChildren.send(world, "before", child("A1", "H-1", "2015-05-01") + child("A2", "H-2", "2015-05-02"));
        child = born("2015-05-01");
        other = born("2015-05-02");
    }

    void merge(UUID alias, UUID survivor) throws Exception {
        world.transactions.run(tx -> {
            decide.lock(tx);
            return decide.merge(tx, decision(alias, survivor));
        });
    }

    void split(UUID alias, UUID survivor) throws Exception {
        world.transactions.run(tx -> {
            decide.lock(tx);
            return decide.split(tx, decision(alias, survivor));
        });
    }

    @Nullable
    Problem refusal(UUID alias, UUID survivor) throws Exception {
        var children = new Children();
        return world.transactions
                .run(tx -> Optional.ofNullable(decide.refusal(
                        tx,
                        children.kept(tx, survivor).orElseThrow(),
                        children.kept(tx, alias).orElseThrow())))
                .orElse(null);
    }

    private DecideIdentity.Decision decision(UUID alias, UUID survivor) {
        return new DecideIdentity.Decision(survivor, alias, "SAME_IDENTIFIER", "officer", world.times.now());
    }

    UUID born(String date) throws Exception {
        return UUID.fromString(world.query("SELECT id FROM child WHERE birth_date = '" + date + "'")
                .getFirst());
    }
}
