package org.jikimi.screening.signal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.rest.Bulk;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.batch.BatchKind;
import org.jikimi.screening.batch.BatchResource;
import org.jikimi.screening.batch.Receipt;
import org.jikimi.screening.legal.LegalBases;
import org.jspecify.annotations.Nullable;

/** Observations of the data agencies, streamed: one a line. An agency sends only indicators of its own kind. */
@Path("/api/v1/signal-batches")
@Produces(MediaType.APPLICATION_JSON)
public class SignalBatchResource {
    private final BatchResource batches;
    private final Keyring keys;
    private final Times times;
    private final Transactions transactions;
    private final LegalBases bases;
    private final ActOnSignals act;

    SignalBatchResource(
            BatchResource batches,
            Keyring keys,
            Times times,
            Transactions transactions,
            LegalBases bases,
            ActOnSignals act) {
        this.batches = batches;
        this.keys = keys;
        this.times = times;
        this.transactions = transactions;
        this.bases = bases;
        this.act = act;
    }

    /**
     * Takes a file of any size, plain or gzip; the {@code Idempotency-Key} names it, and goes on with it. Errors: 403 no
     * kind of source; 413 gzip bomb; 415; 422 the key named other lines;
     * 503 {@code outbox-behind} while events have waited in the outbox for too long. The receipt names the file by its
     * SHA-256, unpacked, so that both ends can tell that they mean the same one.
     */
    @POST
    @Consumes({"application/x-ndjson", "text/csv"})
    @Bulk
    @RolesAllowed("partner-agency")
    @APIResponseSchema(value = Receipt.class, responseCode = "201")
    public Response send(@Context HttpHeaders headers, InputStream body) throws IOException, SQLException {
        var caller = batches.source();
        var today = times.today();
        var lawful = transactions.run(tx -> bases.inForce(tx, today));
        var lines = new SignalLines(String.valueOf(caller.sourceKind()), today, lawful, keys, act);
        return batches.receive(BatchKind.SIGNALS, lines, caller, headers, body);
    }

    /** The receipt of a batch. Errors: 404 also for another sender's. */
    @GET
    @Path("{id}")
    @RolesAllowed({"partner-agency", "analyst", "operator", "auditor"})
    @APIResponseSchema(Receipt.class)
    public Response show(@PathParam("id") UUID id) {
        return batches.receipt(BatchKind.SIGNALS, id);
    }

    /** The lines that were not taken: line, code, message, and the indicator that they name. */
    @GET
    @Path("{id}/rejections")
    @RolesAllowed({"partner-agency", "analyst", "operator", "auditor"})
    public Response rejections(
            @PathParam("id") UUID id,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return batches.rejections(BatchKind.SIGNALS, id, limit, cursor);
    }
}
