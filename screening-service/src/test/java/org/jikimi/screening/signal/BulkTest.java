package org.jikimi.screening.signal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.POST;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.jikimi.runtime.rest.Bulk;
import org.jikimi.runtime.rest.Urgent;
import org.jikimi.screening.registry.ChildBatchResource;
import org.junit.jupiter.api.Test;

/** What waits while the outbox is behind, and what never does. */
class BulkTest {
    @Test
    void everyStreamOfLinesIsBulk() {
        assertThat(Stream.of(ChildBatchResource.class, SignalBatchResource.class)
                        .flatMap(resource -> Stream.of(resource.getDeclaredMethods()))
                        .filter(method -> List.of(method.getParameterTypes()).contains(InputStream.class)))
                .hasSize(2)
                .allMatch(method -> method.isAnnotationPresent(Bulk.class));
    }

    @Test
    void aSingleSignalIsUrgentAndNotBulk() {
        assertThat(Stream.of(SignalResource.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(POST.class)))
                .hasSize(1)
                .allMatch(
                        method -> method.isAnnotationPresent(Urgent.class) && !method.isAnnotationPresent(Bulk.class));
    }
}
