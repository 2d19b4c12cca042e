package org.jikimi.runtime.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class EventIdsTest {
    @Test
    void idsAreOfVersion7AndRiseAsTheyAreMinted() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 10_000; i++) {
            var id = EventIds.next();
            assertThat(id.version()).isEqualTo(7);
            ids.add(id.toString());
        }
        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }
}
