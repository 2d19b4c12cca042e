package org.jikimi.runtime.rest;

import jakarta.ws.rs.core.Response;
import java.sql.SQLException;

/**
 * Runs the work of an endpoint in one transaction, with the checks in their order: authenticated and authorised by role
 * (before it is called), authorised by district and agency (by the work, which then says so to the {@link Call}),
 * idempotency replay, If-Match, act. Work that never says so is undone and answered 500; whatever a
 * repeat did before it was recognised is undone too. The change, its events, the audit row and the remembered answer commit
 * together; a refusal or an exception leaves none of them.
 */
public interface Exchange {
    /** What an endpoint does. */
    @FunctionalInterface
    interface Work {
        Answer in(Call call) throws SQLException;
    }

    /**
     * A POST that creates something; needs {@code Idempotency-Key}. The same key with the same body gets the first
     * answer again, with another body 422.
     *
     * @param action name for audit and idempotency, such as {@code visit.complete}
     * @param body the request's body as read, of which a keyed hash is kept
     */
    Response create(String action, Object body, Remember remember, Work work);

    /**
     * A POST that adds something with an id of its own to something shared, which changes by it; needs both {@code
     * Idempotency-Key} (400 without) and {@code If-Match} (428 without).
     *
     * @param action as for {@link #create}
     * @param body as for {@link #create}
     */
    Response extend(String action, Object body, Remember remember, Work work);

    /** A change of something shared; needs {@code If-Match} (428 without), for {@link Call#requireVersion}. */
    Response change(String action, Work work);

    /** A change that both needs {@code If-Match} and, when an {@code Idempotency-Key} is sent, answers a repeat alike. */
    Response change(String action, Object body, Work work);

    /** A read, audited in one row whatever it lists. */
    Response read(String action, Work work);
}
