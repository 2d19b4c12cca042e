package org.jikimi.local;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jikimi.contracts.EventType;
import org.jikimi.contracts.EventTypes;
import org.jikimi.local.Findings.Kind;

/**
 * Holds the four databases against each other by the ids of events: what a source keeps in its outbox must be in the
 * inbox of whoever hears it, what Kafka holds must be known to its source, and nothing may be parked.
 *
 * <p>A lost event counts as done again once its source has published as many of its type about the same child since:
 * Kafka keeps them in that order. The outbox reaches back seven days and the inbox thirty, so what is older than seven
 * days is not looked at.
 */
final class Reconciliation {
    private static final int CHUNK = 10_000;

    /** What was published in the last seconds may still be on its way. */
    private static final String KEPT =
            "SELECT id, type, key FROM outbox WHERE type = ANY (?) AND at < clock_timestamp() - interval '10 seconds'";

    private static final String NOT_IN_INBOX = "SELECT id FROM unnest(?::uuid[]) AS sent (id) "
            + "WHERE NOT EXISTS (SELECT FROM inbox WHERE inbox.consumer = ? AND inbox.id = sent.id)";

    private static final String IN_OUTBOX = "SELECT DISTINCT id FROM outbox WHERE id = ANY (?::uuid[])";

    /** While its relay has not noticed a restore, the database may have given the numbers of lost events again. */
    private static final String LOST_NUMBERS = "SELECT first_lost, last_lost FROM relay_restore "
            + "WHERE reconciled_at IS NULL UNION ALL "
            + "SELECT CASE WHEN announced < ? THEN settled_seq + 1 ELSE last_value + is_called::int END, "
            + Long.MAX_VALUE + " FROM outbox_seq_seq, relay_position ORDER BY 1";

    private final Map<Service, Connection> databases;
    private final SentEvents kafka;
    private final Findings findings = new Findings();

    /** One event that is or was somewhere. */
    record Event(UUID id, String type, String key) {}

    /** Numbers of events, both ends among them. */
    record Numbers(long first, long last) {
        boolean hold(long number) {
            return first <= number && number <= last;
        }
    }

    /**
     * An event in Kafka.
     *
     * @param number its {@code ce_sequence}
     * @param again whether it was sent again after a restore, which is all that Kafka still holds of it
     */
    record Sent(Event event, long number, boolean again) {}

    private record Told(String key, String type) {}

    /**
     * @param databases those of all four services
     */
    Reconciliation(Map<Service, Connection> databases, SentEvents kafka) {
        this.databases = databases;
        this.kafka = kafka;
    }

    Findings find() throws SQLException {
        for (var service : Service.values()) {
            findLost(service);
            findNotApplied(service);
            findParked(service);
        }
        return findings;
    }

    private Connection of(Service service) {
        var database = databases.get(service);
        if (database == null) {
            throw new IllegalStateException("no database of " + service);
        }
        return database;
    }

    /** Numbers past the end of the sequence are lost as well: the relay has not noticed the restore yet. */
    private void findLost(Service source) throws SQLException {
        var lost = new ArrayList<Numbers>();
        try (var select = of(source).prepareStatement(LOST_NUMBERS)) {
            select.setLong(1, kafka.announcedBy(source));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    lost.add(new Numbers(rows.getLong(1), rows.getLong(2)));
                }
            }
        }
        var seen = kafka.sentBy(source, lost.getFirst().first());
        var known = known(of(source), seen);
        var owed = new LinkedHashMap<Told, Integer>();
        for (var sent : seen) {
            var told = new Told(sent.event().key(), sent.event().type());
            if (!known.contains(sent.event().id())) {
                if (lost.stream().anyMatch(numbers -> numbers.hold(sent.number()))) {
                    owed.merge(told, 1, Integer::sum);
                }
            } else if (!sent.again()) {
                owed.computeIfPresent(told, (same, events) -> events > 1 ? events - 1 : null);
            }
        }
        owed.forEach((told, events) -> {
            for (int event = 0; event < events; event++) {
                findings.add(told.key(), Kind.LOST, source, told.type());
            }
        });
    }

    /** The ids of those that the source has in its outbox. */
    private static Set<UUID> known(Connection source, List<Sent> seen) throws SQLException {
        var known = new HashSet<UUID>();
        for (int from = 0; from < seen.size(); from += CHUNK) {
            var chunk = seen.subList(from, Math.min(seen.size(), from + CHUNK)).stream()
                    .map(sent -> sent.event().id())
                    .toArray();
            known.addAll(
                    ids(source, IN_OUTBOX, statement -> statement.setArray(1, source.createArrayOf("uuid", chunk))));
        }
        return known;
    }

    private void findNotApplied(Service source) throws SQLException {
        var heardBy = new HashMap<Service, Set<String>>();
        for (var consumer : Service.values()) {
            if (consumer != source) {
                heardBy.put(consumer, topicsOf(consumer));
            }
        }
        var types = EventTypes.producedBy(source.key()).stream()
                .map(EventType::topic)
                .toArray();
        of(source).setAutoCommit(false); // else the driver would read all of it at once
        try (var select = of(source).prepareStatement(KEPT)) {
            select.setFetchSize(CHUNK);
            select.setArray(1, of(source).createArrayOf("text", types));
            try (var rows = select.executeQuery()) {
                var chunk = new HashMap<UUID, Event>();
                while (rows.next()) {
                    var event = new Event(rows.getObject(1, UUID.class), rows.getString(2), rows.getString(3));
                    chunk.put(event.id(), event);
                    if (chunk.size() == CHUNK) {
                        requireApplied(chunk, heardBy);
                        chunk.clear();
                    }
                }
                requireApplied(chunk, heardBy);
            }
        }
        of(source).rollback();
        of(source).setAutoCommit(true);
    }

    private void requireApplied(Map<UUID, Event> kept, Map<Service, Set<String>> heardBy) throws SQLException {
        for (var consumer : heardBy.entrySet()) {
            var wanted = kept.values().stream()
                    .filter(event -> consumer.getValue().contains(event.type()))
                    .map(Event::id)
                    .toArray();
            var database = of(consumer.getKey());
            for (var id : ids(database, NOT_IN_INBOX, statement -> {
                statement.setArray(1, database.createArrayOf("uuid", wanted));
                statement.setString(2, consumer.getKey().key());
            })) {
                var event = kept.get(id);
                if (event != null) {
                    findings.add(event.key(), Kind.NOT_APPLIED, consumer.getKey(), event.type());
                }
            }
        }
    }

    private void findParked(Service consumer) throws SQLException {
        try (var statement = of(consumer).createStatement();
                var rows = statement.executeQuery("SELECT key, topic FROM inbox_parked")) {
            while (rows.next()) {
                findings.add(rows.getString(1), Kind.PARKED, consumer, rows.getString(2));
            }
        }
    }

    /** A consumer has an offset of every topic that it hears. */
    private Set<String> topicsOf(Service consumer) throws SQLException {
        var topics = new HashSet<String>();
        try (var statement = of(consumer).createStatement();
                var rows = statement.executeQuery("SELECT DISTINCT topic FROM inbox_offset")) {
            while (rows.next()) {
                topics.add(rows.getString(1));
            }
        }
        return topics;
    }

    @FunctionalInterface
    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private static List<UUID> ids(Connection database, String query, Binding binding) throws SQLException {
        var ids = new ArrayList<UUID>();
        try (var select = database.prepareStatement(query)) {
            binding.bind(select);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return ids;
    }
}
