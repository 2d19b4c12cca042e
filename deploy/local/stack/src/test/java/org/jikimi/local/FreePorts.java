package org.jikimi.local;

import java.util.concurrent.ThreadLocalRandom;

/** Nine free ports in a row. */
final class FreePorts {
    private FreePorts() {}

    static Ports find() {
        while (true) {
            var ports = Ports.from(ThreadLocalRandom.current().nextInt(20_000, 32_000));
            if (ports.byPart().values().stream().allMatch(Ports::isFree)) {
                return ports;
            }
        }
    }
}
