package org.jikimi.screening.registry;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jikimi.runtime.db.CopyRows;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.keys.NewKeys;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.runtime.keys.SubjectRing;
import org.jikimi.screening.batch.ChunkCommit;
import org.jikimi.screening.batch.LineKind.Line;
import org.jikimi.screening.batch.LineKind.Tally;
import org.jikimi.screening.bulk.Indexes;
import org.jikimi.screening.flag.News.Registered;
import org.jikimi.screening.signal.ActOnSignals;
import org.jikimi.screening.signal.Aliases;
import org.jikimi.screening.signal.ChildStates;
import org.jspecify.annotations.Nullable;

/** Stores the children of a chunk: new ones by COPY, changed ones in place, unchanged ones not at all. */
final class StoreChildren {
    private static final String RESIDENT = "RESIDENT";
    private static final String KNOWN = """
            SELECT i.mac, c.id, c.household_id, c.content_mac, c.birth_date, c.family_type, c.district_code, c.dong_code,
                   c.status, c.version
            FROM child_identifier i JOIN child c ON c.id = i.child_id
            WHERE i.mac = ANY (?)""";
    private static final String CHANGE = """
            UPDATE child SET household_id = ?, birth_date = ?, sex = ?, family_type = ?, district_code = ?,
                dong_code = ?, care = ?, scheme = ?, provisional = false, personal = ?, content_mac = ?, status = ?,
                status_on = ?,                version = version + 1
            WHERE id = ?""";

    private final SubjectKeys keys;
    private final TellChanges changes;
    private final ActOnSignals act;
    private final List<Known> fresh = new ArrayList<>();
    private final Map<UUID, Known> changed = new LinkedHashMap<>();

    StoreChildren(SubjectKeys keys, TellChanges changes, ActOnSignals act) {
        this.keys = keys;
        this.changes = changes;
        this.act = act;
    }

    /** A child and the last line about it; the line is null until one of this chunk says something new. */
    private static final class Known {
        final UUID id;
        final long version;
        final TellChanges.@Nullable Place place;
        final @Nullable Registered registered;
        final @Nullable String status;
        UUID household;
        byte @Nullable [] content;

        @Nullable
        ChildLine line;

        /** One that is new in this chunk. */
        Known(UUID id, UUID household) {
            this(id, 0, null, null, null, household, null);
        }

        Known(
                UUID id,
                long version,
                TellChanges.@Nullable Place place,
                @Nullable Registered registered,
                @Nullable String status,
                UUID household,
                byte @Nullable [] content) {
            this.id = id;
            this.version = version;
            this.place = place;
            this.registered = registered;
            this.status = status;
            this.household = household;
            this.content = content;
        }
    }

    Tally store(Connection tx, List<Line<ChildLine>> lines) throws SQLException {
        if (lines.isEmpty()) {
            return new Tally(0, 0, List.of());
        }
        RegistryLock.take(tx); // one register writes; two at once would mint a child twice
        Aliases.hold(tx);
        Indexes.prefer(tx);
        var children = known(tx, lines);
        var households = new Households(tx, lines);
        var touchedHouseholds = new LinkedHashSet<UUID>();
        int duplicates = 0;
        for (var line : lines) {
            var said = line.value();
            var mac = ByteBuffer.wrap(said.mac());
            var child = children.get(mac);
            if (child != null
                    && child.content != null
                    && ByteBuffer.wrap(child.content).equals(ByteBuffer.wrap(said.contentMac()))) {
                duplicates++;
                continue;
            }
            if (child == null) {
                child = new Known(EventIds.next(), households.of(said, null));
                children.put(mac, child);
                fresh.add(child);
            } else {
                touchedHouseholds.add(child.household);
                child.household = households.of(said, child.household);
                if (child.line == null) {
                    changed.put(child.id, child);
                }
            }
            touchedHouseholds.add(child.household);
            child.content = said.contentMac();
            child.line = said;
        }
        var sealing = CompletableFuture.supplyAsync(
                this::seal, task -> Thread.ofVirtual().name("batch-seal").start(task));
        households.save();
        touchedHouseholds.removeIf(households::isMinted); // of those nobody else knows
        ChildStates.lockHouseholds(tx, touchedHouseholds);
        insert(tx, households, sealing);
        update(tx, keys.make(tx, changed.keySet()));
        var aliases = Aliases.of(tx, changed.keySet());
        var reached = refold(tx, aliases, households);
        changes.tell(tx, moved(aliases.keySet()), left());
        if (!reached.nobody()) {
            ChunkCommit.waits(tx);
            act.on(tx, reached);
        }
        return new Tally(lines.size() - duplicates, duplicates, List.of());
    }

    private static Map<ByteBuffer, Known> known(Connection tx, List<Line<ChildLine>> lines) throws SQLException {
        var children = new HashMap<ByteBuffer, Known>();
        try (var query = tx.prepareStatement(KNOWN)) {
            query.setArray(
                    1,
                    tx.createArrayOf(
                            "bytea", lines.stream().map(l -> l.value().mac()).toArray(byte[][]::new)));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    children.put(
                            ByteBuffer.wrap(rows.getBytes(1)),
                            new Known(
                                    rows.getObject(2, UUID.class),
                                    rows.getLong("version"),
                                    new TellChanges.Place(rows.getString("district_code"), rows.getString("dong_code")),
                                    new Registered(
                                            rows.getObject("birth_date", LocalDate.class),
                                            rows.getString("family_type"),
                                            rows.getString("district_code")),
                                    rows.getString("status"),
                                    rows.getObject(3, UUID.class),
                                    rows.getBytes(4)));
                }
            }
        }
        return children;
    }

    /** What is secret of the new children, in their order, and the keys it is sealed under. */
    private record Sealed(NewKeys keys, List<byte[]> personal) {}

    private Sealed seal() {
        var drawn = keys.draw(fresh.stream().map(child -> child.id).toList());
        var ring = drawn.ring();
        return new Sealed(
                drawn,
                fresh.stream()
                        .map(child -> said(child).personal().seal(ring, child.id))
                        .toList());
    }

    /** What needs no secret goes first: it is taken in while the secrets are sealed. */
    private void insert(Connection tx, Households households, CompletableFuture<Sealed> sealing) throws SQLException {
        try (var rows = CopyRows.into(tx, "child_identifier", "mac", "scheme", "child_id")) {
            for (var child : fresh) {
                var line = said(child);
                rows.row().bytea(line.mac()).text(line.scheme()).uuid(child.id);
            }
            rows.finish();
        }
        try (var rows = CopyRows.into(tx, "child_state", "child_id")) {
            for (var child : fresh) {
                if (households.isMinted(child.household)) {
                    rows.row().uuid(child.id);
                }
            }
            rows.finish();
        }
        var sealed = sealing.join();
        sealed.keys().store(tx);
        insert(tx, sealed.personal());
    }

    private void insert(Connection tx, List<byte[]> personal) throws SQLException {
        try (var rows = CopyRows.into(
                tx,
                "child",
                "id",
                "household_id",
                "birth_date",
                "sex",
                "family_type",
                "district_code",
                "dong_code",
                "care",
                "scheme",
                "personal",
                "content_mac",
                "status",
                "status_on")) {
            var secrets = personal.iterator();
            for (var child : fresh) {
                var line = said(child);
                rows.row()
                        .uuid(child.id)
                        .uuid(child.household)
                        .date(line.birthDate())
                        .text(line.sex())
                        .text(line.familyType())
                        .text(line.districtCode())
                        .text(line.dongCode())
                        .text(line.care())
                        .text(line.scheme())
                        .bytea(secrets.next())
                        .bytea(line.contentMac())
                        .text(line.status())
                        .date(line.statusOn());
            }
            rows.finish();
        }
    }

    private void update(Connection tx, SubjectRing sealing) throws SQLException {
        try (var update = tx.prepareStatement(CHANGE)) {
            for (var child : changed.values()) {
                var line = said(child);
                update.setObject(1, child.household);
                update.setObject(2, line.birthDate());
                update.setString(3, line.sex());
                update.setString(4, line.familyType());
                update.setString(5, line.districtCode());
                update.setString(6, line.dongCode());
                update.setString(7, line.care());
                update.setString(8, line.scheme());
                update.setBytes(9, line.personal().seal(sealing, child.id));
                update.setBytes(10, line.contentMac());
                update.setString(11, line.status());
                update.setObject(12, line.statusOn());
                update.setObject(13, child.id);
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    /** Of a new child in a new household nothing can have been signalled. */
    private ActOnSignals.Reached refold(Connection tx, Map<UUID, UUID> aliases, Households households)
            throws SQLException {
        var touched = new LinkedHashSet<UUID>();
        changed.keySet().forEach(child -> touched.add(aliases.getOrDefault(child, child)));
        fresh.stream().filter(child -> !households.isMinted(child.household)).forEach(child -> touched.add(child.id));
        var arrived = changed.values().stream()
                .filter(child -> !aliases.containsKey(child.id) && isResidentAgain(child))
                .map(child -> child.id)
                .toList();
        var registered = new HashMap<UUID, Registered>();
        for (var child : changed.values()) {
            if (child.registered != null
                    && !aliases.containsKey(child.id)
                    && !child.registered.equals(registered(child))) {
                registered.put(child.id, child.registered);
            }
        }
        return act.refold(tx, touched, arrived, registered);
    }

    private static Registered registered(Known child) {
        var line = said(child);
        return new Registered(line.birthDate(), line.familyType(), line.districtCode());
    }

    private static boolean isResidentAgain(Known child) {
        return !RESIDENT.equals(child.status) && said(child).status().equals(RESIDENT);
    }

    /** An alias lives where its child does, whatever else is said of it. */
    private List<TellChanges.Moved> moved(Collection<UUID> aliases) {
        var moved = new ArrayList<TellChanges.Moved>();
        for (var child : changed.values()) {
            var line = said(child);
            var now = new TellChanges.Place(line.districtCode(), line.dongCode());
            if (child.place != null && !child.place.equals(now) && !aliases.contains(child.id)) {
                moved.add(new TellChanges.Moved(
                        child.id, child.version + 1, line.status(), child.household, child.place, now));
            }
        }
        return moved;
    }

    /**
     * Also by a first line: the id may prove to be of a child that others know. An alias is told of too: what holds of its
     * child holds of it, until the two are split.
     */
    private List<TellChanges.Changed> left() {
        var left = new ArrayList<TellChanges.Changed>();
        for (var child : changed.values()) {
            var line = said(child);
            if (child.status != null && !child.status.equals(line.status())) {
                left.add(new TellChanges.Changed(
                        child.id, child.version + 1, line.status(), line.districtCode(), line.statusOn()));
            }
        }
        for (var child : fresh) {
            var line = said(child);
            if (!line.status().equals(RESIDENT)) {
                left.add(new TellChanges.Changed(child.id, 1, line.status(), line.districtCode(), line.statusOn()));
            }
        }
        return left;
    }

    private static ChildLine said(Known child) {
        if (child.line == null) {
            throw new IllegalStateException("nothing was said of the child");
        }
        return child.line;
    }
}
