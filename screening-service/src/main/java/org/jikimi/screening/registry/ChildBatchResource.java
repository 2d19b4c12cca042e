package org.jikimi.screening.registry;

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
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.runtime.rest.Bulk;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.batch.BatchKind;
import org.jikimi.screening.batch.BatchProblems;
import org.jikimi.screening.batch.BatchResource;
import org.jikimi.screening.batch.Receipt;
import org.jikimi.screening.signal.ActOnSignals;
import org.jspecify.annotations.Nullable;

/** Extracts of the resident register, streamed: a child a line. Only a source of kind {@code resident-register} sends them. */
@Path("/api/v1/child-batches")
@Produces(MediaType.APPLICATION_JSON)
public class ChildBatchResource {
    private static final String REGISTER = "resident-register";

    private final BatchResource batches;
    private final Keyring keys;
    private final SubjectKeys subjects;
    private final Times times;
    private final TellChanges changes;
    private final ActOnSignals act;

    ChildBatchResource(
            BatchResource batches,
            Keyring keys,
            SubjectKeys subjects,
            Times times,
            TellChanges changes,
            ActOnSignals act) {
        this.batches = batches;
        this.keys = keys;
        this.subjects = subjects;
        this.times = times;
        this.changes = changes;
        this.act = act;
    }

    /**
     * Takes a file of any size, plain or gzip; the {@code Idempotency-Key} names it, and goes on with it. Errors: 403 not
     * the register; 413 gzip bomb; 415; 422 the key named other lines;
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
        if (!REGISTER.equals(caller.sourceKind())) {
            throw new ProblemException(BatchProblems.WRONG_SOURCE);
        }
        var lines = new ChildLines(times.today(), keys, subjects, changes, act);
        return batches.receive(BatchKind.CHILDREN, lines, caller, headers, body);
    }

    /** The receipt of a batch. Errors: 404 also for another sender's. */
    @GET
    @Path("{id}")
    @RolesAllowed({"partner-agency", "analyst", "operator", "auditor"})
    @APIResponseSchema(Receipt.class)
    public Response show(@PathParam("id") UUID id) {
        return batches.receipt(BatchKind.CHILDREN, id);
    }

    /** The lines that were not taken: line, code, message. */
    @GET
    @Path("{id}/rejections")
    @RolesAllowed({"partner-agency", "analyst", "operator", "auditor"})
    public Response rejections(
            @PathParam("id") UUID id,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return batches.rejections(BatchKind.CHILDREN, id, limit, cursor);
    }
}
