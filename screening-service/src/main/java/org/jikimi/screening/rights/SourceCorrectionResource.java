package org.jikimi.screening.rights;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.security.Caller;
import org.jikimi.screening.batch.BatchResource;
import org.jikimi.screening.registry.RegisteredNumber;
import org.jikimi.screening.rights.SourceCorrections.Asked;
import org.jspecify.annotations.Nullable;

/**
 * What a source is asked to correct 정정 요구의 통지. It corrects a signal by sending it again under its id, as it always does,
 * and says here that it did, or that what it told is right.
 */
@Path("/api/v1/source-corrections")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SourceCorrectionResource {
    private static final Set<String> RESULTS = Set.of("CORRECTED", "CONFIRMED");

    private final Exchange exchange;
    private final Cursors cursors;
    private final SubjectKeys keys;
    private final SourceCorrections corrections = new SourceCorrections();

    SourceCorrectionResource(Exchange exchange, Cursors cursors, SubjectKeys keys) {
        this.exchange = exchange;
        this.cursors = cursors;
        this.keys = keys;
    }

    /** What the source found: {@code CORRECTED} or {@code CONFIRMED}. */
    public record ResultRequest(@Nullable String result) {}

    /**
     * Of whom the registry corrected what.
     *
     * @param scheme of the number: {@code RRN}, {@code TNN} or {@code TMN}
     * @param number as the register sent it
     * @param fields of the registry, by name
     */
    public record CorrectedChildView(String scheme, String number, List<String> fields) {
        public CorrectedChildView {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            return "corrected " + fields;
        }
    }

    /**
     * Lists what the calling agency is asked, the oldest first; whom it is about it knows by its own signal ids, and the
     * register is shown one by one. Errors: 400; 403 a data agency of no agency and no kind.
     *
     * @param open whether those alone that it has not answered; all if absent
     */
    @GET
    @RolesAllowed("partner-agency")
    public Response list(
            @QueryParam("open") @Nullable Boolean open,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("source-correction.list", call -> {
            var sources = sources(call.caller());
            boolean unanswered = Boolean.TRUE.equals(open);
            var from = cursors.read(call.caller(), "source-corrections?open=" + unanswered, limit, cursor);
            var after = from.atBeginning()
                    ? new UUID(0, 0)
                    : UUID.fromString(from.after().getFirst());
            var rows = corrections.list(call.tx(), sources, unanswered, after, from.fetch());
            call.about("source-corrections", rows.size());
            return Answer.ok(cursors.page(from, rows, row -> List.of(row.id().toString())));
        });
    }

    /** Shows one. Errors: 404, another's too. */
    @GET
    @Path("{id}")
    @RolesAllowed("partner-agency")
    public Response show(@PathParam("id") UUID id) {
        return exchange.read("source-correction.read", call -> {
            var asked = own(corrections.lock(call.tx(), id).orElse(null), call.caller());
            call.about("source-correction", id);
            return Answer.ok(asked, asked.version());
        });
    }

    /**
     * Shows the register whom a correction is about, by the number that it sent itself, and which fields were corrected, so
     * that it can correct its own record. No values: the register finds them as it keeps its records. Errors: 404, another's
     * too, and one that is about a signal, which its source knows by its id.
     */
    @GET
    @Path("{id}/child")
    @RolesAllowed("partner-agency")
    public Response child(@PathParam("id") UUID id) {
        return exchange.read("source-correction.child", call -> {
            own(corrections.lock(call.tx(), id).orElse(null), call.caller());
            call.about("source-correction", id);
            call.purpose("CORRECTION");
            var corrected =
                    corrections.corrected(call.tx(), id).orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
            call.about("child", corrected.childId());
            var number = RegisteredNumber.of(call.tx(), keys, corrected.childId())
                    .orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
            return Answer.ok(new CorrectedChildView(number.scheme(), number.value(), corrected.fields()));
        });
    }

    /**
     * Says what came of it; needs {@code If-Match}. A source may say it anew. Errors: 404, another's too; 412, 428; 422.
     */
    @POST
    @Path("{id}/result")
    @RolesAllowed("partner-agency")
    public Response answer(@PathParam("id") UUID id, ResultRequest body) {
        return exchange.change("source-correction.answer", body, call -> {
            var asked = own(corrections.lock(call.tx(), id).orElse(null), call.caller());
            call.about("source-correction", id);
            call.requireVersion(asked.version());
            if (body.result() == null || !RESULTS.contains(body.result())) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", "result"));
            }
            corrections.answered(call.tx(), id, body.result(), call.now());
            var answered = corrections.lock(call.tx(), id).orElseThrow();
            return Answer.ok(answered, answered.version());
        });
    }

    private static Asked own(@Nullable Asked asked, Caller caller) {
        if (asked == null || !sources(caller).contains(asked.source())) {
            throw new ProblemException(Problems.NOT_FOUND);
        }
        return asked;
    }

    /** An agency's own, and what the registry has from the register, which is one. */
    private static Set<String> sources(Caller caller) {
        var sources = new LinkedHashSet<String>();
        sources.add(BatchResource.sourceOf(caller));
        if (SourceCorrections.REGISTER.equals(caller.sourceKind())) {
            sources.add(SourceCorrections.REGISTER);
        }
        return sources;
    }
}
