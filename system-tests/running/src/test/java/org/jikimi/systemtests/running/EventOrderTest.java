package org.jikimi.systemtests.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jikimi.systemtests.EventLog;
import org.junit.jupiter.api.Test;

class EventOrderTest {
    private static final EventLog.Entry FIRST = entry(0, 1, "a", "child", 10, "{}");
    private static final EventLog.Entry SECOND = entry(0, 2, "b", "child", 11, "{}");

    @Test
    void eventsInTheirOrderAreRight() {
        assertThat(EventOrder.of(List.of(FIRST, SECOND)).violations()).isEmpty();
    }

    @Test
    void anExactReSendIsCountedAndIsRight() {
        var order = EventOrder.of(List.of(FIRST, SECOND, entry(0, 3, "a", "child", 10, "{}")));

        assertThat(order.violations()).isEmpty();
        assertThat(order.repeats()).isOne();
        assertThat(order.events()).isEqualTo(2);
    }

    @Test
    void anotherEventUnderAnIdThatWasUsedIsFound() {
        var order = EventOrder.of(List.of(FIRST, entry(0, 3, "a", "child", 10, "{\"other\":1}")));

        assertThat(order.violations()).singleElement().asString().contains("id of another event");
    }

    @Test
    void aFirstArrivalBehindALaterOneIsFound() {
        assertThat(EventOrder.of(List.of(SECOND, FIRST)).violations())
                .singleElement()
                .asString()
                .contains("goes back");
    }

    @Test
    void theSameChildInTwoPartitionsIsFound() {
        assertThat(EventOrder.of(List.of(FIRST, entry(1, 1, "b", "child", 11, "{}")))
                        .violations())
                .singleElement()
                .asString()
                .contains("another partition");
    }

    @Test
    void anEventWithoutAKeyIsFound() {
        assertThat(EventOrder.of(List.of(entry(0, 1, "a", "", 10, "{}"))).violations())
                .singleElement()
                .asString()
                .contains("lacks");
    }

    private static EventLog.Entry entry(
            int partition, long offset, String id, String key, long sequence, String value) {
        var headers = Map.of("ce_id", id, "ce_sequence", String.valueOf(sequence), "ce_source", "/case");
        return new EventLog.Entry("VisitPlanned", partition, offset, key, headers, value);
    }
}
