package org.jikimi.screening.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
import org.jikimi.screening.World;
import org.junit.jupiter.api.Test;

class SourceCorrectionsTest {
    @Test
    void nobodyIsAskedToCorrectWhatWasFoundHereForNobodyWouldAnswer() throws Exception {
        var world = new World();
        var child = UUID.randomUUID();
        for (var source : new String[] {"jikimi/case-service", "police"}) {
            world.execute("INSERT INTO signal (source, signal_id, bit, child_id, observed_on) VALUES ('" + source
                    + "', 'of " + source + "', 25, '" + child + "', '2026-09-01')");
        }
        var corrections = new SourceCorrections();

        var asked = world.transactions.run(tx -> corrections.sourceOf(tx, child, "of police", 25));
        var own = world.transactions.run(tx -> corrections.sourceOf(tx, child, "of jikimi/case-service", 25));

        assertThat(asked).isEqualTo(Optional.of("police"));
        assertThat(own).isEmpty();
    }
}
