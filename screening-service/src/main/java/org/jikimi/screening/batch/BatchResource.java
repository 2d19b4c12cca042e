package org.jikimi.screening.batch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.security.Caller;
import org.jikimi.runtime.security.Callers;
import org.jspecify.annotations.Nullable;

/** What the resources of all batches share: they are streamed, so one transaction cannot hold them. It has no path itself. */
@ApplicationScoped
public class BatchResource {
    private static final int LONGEST_KEY = 255;
    private static final Problem ENCODING =
            Problem.of("unsupported-encoding", 415, "Send the body plain or as gzip", "본문은 그대로 또는 gzip으로 보내십시오");

    private final Exchange exchange;
    private final ReceiveBatch receive;
    private final Cursors cursors;
    private final Callers callers;
    private final Batches batches;

    public BatchResource(Exchange exchange, ReceiveBatch receive, Cursors cursors, Callers callers, Keyring keys) {
        this.exchange = exchange;
        this.receive = receive;
        this.cursors = cursors;
        this.callers = callers;
        this.batches = new Batches(keys);
    }

    /** The caller, who must be of some kind of source. */
    public Caller source() {
        var caller = callers.current();
        if (caller.sourceKind() == null) {
            throw new ProblemException(BatchProblems.NO_SOURCE_KIND);
        }
        return caller;
    }

    /** Whose ids a caller's lines carry. Errors: 403 for one who is neither of an agency nor of a kind of source. */
    public static String sourceOf(Caller caller) {
        if (caller.agencyId() != null) {
            return caller.agencyId().toString();
        }
        if (caller.sourceKind() == null) {
            throw new ProblemException(BatchProblems.NO_SOURCE_KIND);
        }
        return caller.sourceKind();
    }

    /** Takes a batch. Answers 201 and its receipt; a problem bears the receipt of what was taken before it. */
    public <T> Response receive(BatchKind kind, LineKind<T> lines, Caller caller, HttpHeaders headers, InputStream body)
            throws IOException, SQLException {
        var key = headers.getHeaderString("Idempotency-Key");
        if (key == null || key.isBlank() || key.length() > LONGEST_KEY) {
            throw new ProblemException(Problems.MISSING_KEY);
        }
        var encoding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        boolean gzip = "gzip".equalsIgnoreCase(encoding);
        if (!gzip && encoding != null && !encoding.isBlank() && !"identity".equalsIgnoreCase(encoding)) {
            throw new ProblemException(ENCODING);
        }
        var type = String.valueOf(headers.getHeaderString(HttpHeaders.CONTENT_TYPE))
                .toLowerCase(Locale.ROOT);
        var upload = new Upload(caller, sourceOf(caller), key, type.startsWith("text/csv"), gzip, body);
        return switch (receive.receive(kind, lines, upload)) {
            case Reception.Received(var receipt) ->
                Response.status(201).entity(receipt).build();
            case Reception.Stopped(var problem, var receipt) ->
                throw new ProblemException(problem.with("receipt", receipt));
        };
    }

    /** Shows a receipt, to its sender and to those who run the city's screening. */
    public Response receipt(BatchKind kind, UUID id) {
        return exchange.read("batch.read", call -> {
            requireMine(call, kind, id);
            return Answer.ok(batches.receipt(call.tx(), kind, id).orElseThrow());
        });
    }

    /** Lists the lines that were not taken, in their order. */
    public Response rejections(BatchKind kind, UUID id, @Nullable Integer limit, @Nullable String cursor) {
        return exchange.read("batch.rejections", call -> {
            requireMine(call, kind, id);
            var place = cursors.read(call.caller(), "rejections?batch=" + id, limit, cursor);
            long after = place.atBeginning() ? 0 : Long.parseLong(place.after().getFirst());
            var rejections = batches.rejections(call.tx(), id, after, place.fetch());
            return Answer.ok(cursors.page(place, rejections, line -> List.of(String.valueOf(line.line()))));
        });
    }

    private void requireMine(Call call, BatchKind kind, UUID id) {
        call.about("batch", id);
        var sender = batches.principal(call.tx(), kind, id);
        var caller = call.caller();
        if (sender.isEmpty() || (!sender.get().equals(caller.principal()) && !seesAll(caller))) {
            throw new ProblemException(Problems.NOT_FOUND);
        }
    }

    private static boolean seesAll(Caller caller) {
        return caller.has("operator") || caller.has("auditor") || caller.has("analyst");
    }
}
