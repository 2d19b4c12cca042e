package org.jikimi.screening.signal;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.flag.FlagUrgently;
import org.jikimi.screening.flag.News;
import org.jikimi.screening.flag.News.Registered;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.signal.StoredSignals.Known;
import org.jspecify.annotations.Nullable;

/**
 * What follows at once from signals that are settled, or reach a child by what the register says of it: urgent flags, and word
 * to whoever works for a child.
 */
@ApplicationScoped
public class ActOnSignals {
    private static final String REGISTERED =
            "SELECT id, version, status, district_code, household_id FROM child WHERE id = ANY (?) ORDER BY id";

    private final FlagUrgently urgently;
    private final Outbox outbox;
    private final Events events;
    private final Times times;

    public ActOnSignals(FlagUrgently urgently, Outbox outbox, Events events, Times times) {
        this.urgently = urgently;
        this.outbox = outbox;
        this.events = events;
        this.times = times;
    }

    /** Answers the urgent flags that stand for the children with a new urgent signal or were raised. */
    Map<UUID, UUID> on(Connection tx, Change change, Fold fold, LocalDate today) throws SQLException {
        tell(tx, change, fold, today);
        var urgent = urgent(change.kept.values(), fold, today);
        var before = new HashMap<UUID, News.Before>();
        fold.before().forEach((child, was) -> before.put(child, new News.Before(was.mask(), was.observed(), null)));
        // those with an urgent signal are looked at whether or not it is the first
        var looked = new HashSet<>(urgent.keySet());
        looked.addAll(before.keySet());
        return urgently.consider(tx, looked, new News(urgent, urgent(change.first, fold, today), before));
    }

    /**
     * Folds children anew of whom the register says something else: they came into a household of which something is known, are
     * residents again, or have points for what is said now.
     *
     * @param children none of them an alias; their households are locked
     * @param arrived those who were no residents before: all that stands is new of them
     * @param registered what was said of those among them of whom something else is said now
     * @return what is to be acted on, once the register's own change is told
     */
    public Reached refold(
            Connection tx, Collection<UUID> children, Collection<UUID> arrived, Map<UUID, Registered> registered)
            throws SQLException {
        var was = ChildStates.lock(tx, children);
        var now = ChildStates.refolded(tx, children);
        registered.keySet().forEach(child -> keep(now, child, was.get(child)));
        arrived.forEach(child -> keep(now, child, was.remove(child)));
        now.values().removeIf(state -> state.mask() == 0);
        return new Reached(was, now, registered);
    }

    private static void keep(Map<UUID, ChildState> now, UUID child, @Nullable ChildState state) {
        if (state != null) {
            now.putIfAbsent(child, state);
        }
    }

    /** Flags and tells of children who were folded anew. */
    public void on(Connection tx, Reached reached) throws SQLException {
        if (reached.nobody()) {
            return;
        }
        var today = times.today();
        var was = reached.was;
        var now = reached.now;
        var news = new HashMap<UUID, Set<Known>>();
        var urgent = new HashMap<UUID, Long>();
        var before = new HashMap<UUID, News.Before>();
        for (var child : now.keySet()) {
            var old = was.getOrDefault(child, ChildState.NOTHING);
            before.put(child, new News.Before(old.mask(), old.observed(), reached.registered.get(child)));
            for (var known : now.get(child).known(child)) {
                if (!stood(old, known.bit(), today)) {
                    note(news, known, List.of(child), today);
                }
                if (Indicators.all().get(known.bit()).urgent() && stands(known, today)) {
                    urgent.merge(child, 1L << known.bit(), (a, b) -> a | b);
                }
            }
        }
        tell(tx, news, today);
        urgently.consider(tx, now.keySet(), new News(urgent, Map.of(), before));
    }

    /** Children of whom something stands that the register has brought to them, with what stood before and stands now. */
    public static final class Reached {
        private final Map<UUID, ChildState> was;
        private final Map<UUID, ChildState> now;
        private final Map<UUID, Registered> registered;

        private Reached(Map<UUID, ChildState> was, Map<UUID, ChildState> now, Map<UUID, Registered> registered) {
            this.was = was;
            this.now = now;
            this.registered = Map.copyOf(registered);
        }

        public boolean nobody() {
            return now.isEmpty();
        }
    }

    private static Map<UUID, Long> urgent(Collection<Known> signals, Fold fold, LocalDate today) {
        var urgent = new HashMap<UUID, Long>();
        for (var known : signals) {
            var indicator = Indicators.all().get(known.bit());
            if (indicator.urgent() && stands(known, today)) {
                fold.whom(known).forEach(child -> urgent.merge(child, 1L << known.bit(), (a, b) -> a | b));
            }
        }
        return urgent;
    }

    private static boolean stands(Known known, LocalDate today) {
        var validity = Indicators.all().get(known.bit()).validityDays();
        return known.clearedOn() == null
                && known.observedOn().plusDays(validity).isAfter(today);
    }

    private static void note(Map<UUID, Set<Known>> news, Known known, Collection<UUID> children, LocalDate today) {
        if (stands(known, today)) {
            children.forEach(child ->
                    news.computeIfAbsent(child, c -> new LinkedHashSet<>()).add(known));
        }
    }

    private static boolean stood(@Nullable ChildState before, int bit, LocalDate today) {
        var validity = Indicators.all().get(bit).validityDays();
        return before == null || before.observedSince(bit, ChildState.day(today.minusDays(validity - 1)));
    }

    /**
     * Of first words, and of corrections by which an indicator stands that did not: whatever may lift a child to the urgent
     * threshold. Before flags are raised, for a flag that this signal raises tells of it itself.
     */
    private void tell(Connection tx, Change change, Fold fold, LocalDate today) throws SQLException {
        var news = new HashMap<UUID, Set<Known>>();
        for (var known : change.first) {
            note(news, known, fold.whom(known), today);
        }
        for (var known : change.kept.values()) {
            var ofThem = fold.whom(known).stream()
                    .filter(child -> !stood(fold.before().get(child), known.bit(), today))
                    .toList();
            note(news, known, ofThem, today);
        }
        tell(tx, news, today);
    }

    private void tell(Connection tx, Map<UUID, Set<Known>> news, LocalDate today) throws SQLException {
        news.keySet().retainAll(WorkedFor.among(tx, news.keySet(), today));
        if (news.isEmpty()) {
            return;
        }
        var raised = new ArrayList<SignalEvents.Raised>();
        try (var query = tx.prepareStatement(REGISTERED)) {
            query.setArray(1, tx.createArrayOf("uuid", news.keySet().toArray()));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    var child = rows.getObject("id", UUID.class);
                    raised.add(new SignalEvents.Raised(
                            child,
                            rows.getLong("version"),
                            rows.getString("status"),
                            rows.getString("district_code"),
                            rows.getObject("household_id", UUID.class),
                            List.copyOf(news.getOrDefault(child, Set.of()))));
                }
            }
        }
        var now = times.now();
        outbox.publishBulk(
                tx,
                raised.stream()
                        .map(one -> events.prepare(SignalEvents.raised(one, now)))
                        .iterator());
    }
}
