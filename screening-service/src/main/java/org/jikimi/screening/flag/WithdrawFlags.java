package org.jikimi.screening.flag;

import java.sql.Connection;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;

/**
 * Withdraws a selection that nobody has been told of yet: a child that waits in a round's backlog moves up no more. What was
 * handed on, people decide; a round's own record of whom it selected stays as it was.
 */
public final class WithdrawFlags {
    private static final String WAITING = """
            UPDATE flag SET withdrawn_for = :request WHERE state = 'BACKLOG' AND withdrawn_for IS NULL AND child_id IN (
                SELECT CAST(:child AS uuid) UNION ALL SELECT alias_id FROM child_alias WHERE child_id = :child)""";

    private WithdrawFlags() {}

    /**
     * Withdraws those of a child.
     *
     * @param child one that survives
     * @param request what it is withdrawn for
     */
    public static void waiting(Connection tx, UUID child, UUID request) {
        Sql.on(tx)
                .createUpdate(WAITING)
                .bind("request", request)
                .bind("child", child)
                .execute();
    }
}
