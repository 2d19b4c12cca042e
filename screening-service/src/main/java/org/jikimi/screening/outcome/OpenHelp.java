package org.jikimi.screening.outcome;

import java.sql.Connection;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;

/**
 * Children whom an agency helps or is asked to, or who have a bed in a shelter or wait for one. Ends in the same state in
 * whatever order it hears: of one thing the higher version stands.
 */
public final class OpenHelp {
    /** What it is, in the codes that are stored. */
    public enum Kind {
        REFERRAL,
        PLACEMENT
    }

    private OpenHelp() {}

    /** Notes whether it is open; answers false if that, or something newer, is known. */
    public static boolean note(Connection tx, Kind kind, UUID ref, UUID child, long version, boolean open) {
        return Sql.on(tx)
                        .createUpdate("""
                        INSERT INTO open_help (child_id, kind, ref, version, open)
                        VALUES (:child, :kind, :ref, :version, :open)
                        ON CONFLICT (child_id, kind, ref) DO UPDATE
                        SET version = excluded.version, open = excluded.open, changed_at = now()
                        WHERE excluded.version > open_help.version""")
                        .bind("child", child)
                        .bind("kind", kind.name())
                        .bind("ref", ref)
                        .bind("version", version)
                        .bind("open", open)
                        .execute()
                > 0;
    }
}
