package org.jikimi.screening.registry;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.db.CopyRows;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.screening.batch.LineKind.Line;
import org.jspecify.annotations.Nullable;

/** The households of a chunk: known ones found, new ones minted. A child without one gets one of its own. */
final class Households {
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Minted(UUID id, byte @Nullable [] mac) {}

    private final Connection tx;
    private final Map<ByteBuffer, UUID> byMac = new HashMap<>();
    private final List<Minted> minted = new ArrayList<>();
    private final Set<UUID> mintedIds = new HashSet<>();

    Households(Connection tx, List<Line<ChildLine>> lines) throws SQLException {
        this.tx = tx;
        var macs = lines.stream()
                .map(line -> line.value().householdMac())
                .filter(Objects::nonNull)
                .toArray(byte[][]::new);
        try (var query = tx.prepareStatement("SELECT mac, id FROM household WHERE mac = ANY (?)")) {
            query.setArray(1, tx.createArrayOf("bytea", macs));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    byMac.put(ByteBuffer.wrap(rows.getBytes(1)), rows.getObject(2, UUID.class));
                }
            }
        }
    }

    /** The household of a line; where it names none, the one the child has. */
    UUID of(ChildLine line, @Nullable UUID present) {
        var mac = line.householdMac();
        if (mac == null) {
            return present != null ? present : mint(null);
        }
        return byMac.computeIfAbsent(ByteBuffer.wrap(mac), m -> mint(mac));
    }

    private UUID mint(byte @Nullable [] mac) {
        var id = EventIds.next();
        minted.add(new Minted(id, mac));
        mintedIds.add(id);
        return id;
    }

    /** Whether the household is new in this chunk. */
    boolean isMinted(UUID household) {
        return mintedIds.contains(household);
    }

    /** Stores the new ones. */
    void save() throws SQLException {
        if (minted.isEmpty()) {
            return;
        }
        try (var rows = CopyRows.into(tx, "household", "id", "mac")) {
            for (var household : minted) {
                rows.row().uuid(household.id()).bytea(household.mac());
            }
            rows.finish();
        }
    }
}
