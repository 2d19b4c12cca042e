package org.jikimi.runtime.keys;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.jikimi.runtime.db.CopyRows;

/**
 * Keys of subjects that are new: drawn and wrapped without the database, so that the server can take in other rows
 * meanwhile. What was sealed under them can be read only once they are stored.
 */
public final class NewKeys {
    private final Keyring keyring;
    private final Map<UUID, byte[]> keys;
    private final Map<UUID, byte[]> wrapped;

    NewKeys(Keyring keyring, Map<UUID, byte[]> keys, Map<UUID, byte[]> wrapped) {
        this.keyring = keyring;
        this.keys = keys;
        this.wrapped = wrapped;
    }

    /** To seal with. */
    public SubjectRing ring() {
        return new SubjectRing(keyring, keys);
    }

    /** Stores them by COPY, in the transaction that the subjects are new in: nobody else can have made or destroyed any. */
    public void store(Connection tx) throws SQLException {
        try (var rows = CopyRows.into(tx, "subject_key", "subject", "wrapped")) {
            for (var key : wrapped.entrySet()) {
                rows.row().uuid(key.getKey()).bytea(key.getValue());
            }
            rows.finish();
        }
    }
}
