package org.jikimi.screening.registry;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jikimi.runtime.db.KeyLocks;

/** Whoever changes who is in the registry, or who is whom, holds it until the transaction ends; it is taken before all else. */
public final class RegistryLock {
    private static final String REGISTRY = "registry";

    private RegistryLock() {}

    public static void take(Connection tx) throws SQLException {
        KeyLocks.lock(tx, List.of(REGISTRY));
    }
}
