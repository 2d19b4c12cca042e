package org.jikimi.city.story;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jikimi.city.Child;
import org.jikimi.city.Household;
import org.jikimi.city.Identifier;

/** A clinic sees marks of abuse: how long until somebody's mailbox has the alert, by the machine's clock. */
final class UrgentSignals {
    private static final int MOST_SIGNALS = 100;

    /** Fewer in a small city, lest urgent visits be all that it sees. */
    private static final int CHILDREN_PER_SIGNAL = 100;

    /** Households far enough apart and without a script, so that no two signals meet in one visit. */
    private static final int FIRST_HOUSEHOLD = 10;

    private final Stage stage;
    private final MailCounter mails;
    private final Map<String, Instant> accepted = new LinkedHashMap<>();

    UrgentSignals(Stage stage, MailCounter mails) {
        this.stage = stage;
        this.mails = mails;
    }

    /** Sends the signals one after another, then looks for their mails. */
    Latency measure() throws IOException {
        long households = stage.city().children() / 2;
        long signals = Math.min(MOST_SIGNALS, stage.city().children() / CHILDREN_PER_SIGNAL);
        long step = Math.max(1, (households - FIRST_HOUSEHOLD) / Math.max(1, signals));
        for (int i = 0; i < signals && FIRST_HOUSEHOLD + i * step < households; i++) {
            Household household = stage.city().household(FIRST_HOUSEHOLD + i * step);
            Reply reply = stage.api()
                    .post(
                            "agency-clinic",
                            stage.urls().screening(),
                            "signals",
                            stage.key("urgent-" + household.number()),
                            signal(household));
            Instant now = Instant.now();
            String flagId = reply.orFail("an urgent signal").path("flagId").asText("");
            if (!flagId.isEmpty()) {
                accepted.putIfAbsent(flagId, now);
            }
        }
        return Latency.of(accepted.size(), times());
    }

    private ObjectNode signal(Household household) {
        Child child = household.children().getFirst();
        Identifier id = child.identifier();
        var signal =
                Stage.body().put("signalId", "U-" + household.id()).put("indicator", "SUSPECTED_ABUSE_MEDICAL_RECORD");
        signal.putObject("subject").put("scheme", id.scheme()).put("value", id.value());
        return signal.put("observedOn", stage.city().asOf().toString());
    }

    /** The flags that the signals led to at once. */
    Set<String> flagIds() {
        return Set.copyOf(accepted.keySet());
    }

    private List<Duration> times() throws IOException {
        List<Duration> times = new ArrayList<>();
        for (var signal : accepted.entrySet()) {
            Optional<Instant> arrival = arrival(signal.getKey());
            arrival.map(then -> Duration.between(signal.getValue(), then))
                    .map(time -> time.isNegative() ? Duration.ZERO : time)
                    .ifPresent(times::add);
        }
        return times;
    }

    private Optional<Instant> arrival(String flagId) throws IOException {
        long end = System.nanoTime() + stage.patience().total().toNanos();
        Optional<Instant> arrival = mails.firstArrival(flagId);
        while (arrival.isEmpty() && System.nanoTime() - end < 0) {
            stage.patience().rest();
            arrival = mails.firstArrival(flagId);
        }
        return arrival;
    }
}
