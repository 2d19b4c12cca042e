package org.jikimi.cases.investigation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jikimi.cases.support.Check;
import org.jikimi.cases.support.Refusals;
import org.jikimi.cases.support.Scope;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jspecify.annotations.Nullable;

/** What happens to protective measures. */
@Path("/api/v1/measures")
@Produces(MediaType.APPLICATION_JSON)
public class MeasureResource {
    private final Exchange exchange;
    private final Measures measures;
    private final TakeMeasure take;

    MeasureResource(Exchange exchange, Measures measures, TakeMeasure take) {
        this.exchange = exchange;
        this.measures = measures;
        this.take = take;
    }

    /** Shows a measure. Errors: 403 of another district; 404. */
    @GET
    @Path("/{id}")
    @RolesAllowed({Scope.INVESTIGATOR, Scope.POLICE, Scope.SUPERVISOR, Scope.AUDITOR})
    public Response get(@PathParam("id") UUID id) {
        return exchange.read("measure.read", call -> {
            var measure = measures.find(call.tx(), id).orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
            mayBeSeen(call, measure);
            return answer(call, measure);
        });
    }

    /**
     * Records an event of a measure, which stops and starts its clocks; needs {@code If-Match}, and takes an {@code
     * Idempotency-Key}. An extension needs the decision that finds it necessary, and is granted only as the law allows.
     * Errors: 403 of another district; 404; 409 {@code measure-not-in-that-state}, {@code extension-needs-holiday},
     * {@code extended-to-the-limit}; 412, 428; 422 {@code extension-needs-decision}.
     */
    @POST
    @Path("/{id}/events")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Scope.INVESTIGATOR, Scope.POLICE})
    public Response happened(@PathParam("id") UUID id, InvestigationRequests.@Nullable Happened body) {
        var request = body == null ? InvestigationRequests.Happened.EMPTY : body;
        return exchange.change("measure.event", request, call -> {
            var measure = take.lock(call.tx(), id).orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
            mayBeSeen(call, measure);
            call.requireVersion(measure.version());
            var event = Check.given("event", request.event());
            var decision = Check.text("decision", request.decision());
            return Refusals.answer(
                    take.happened(call.tx(), measure, event, decision, call.now()), next -> answer(call, next));
        });
    }

    private static void mayBeSeen(Call call, Measure measure) {
        call.about("child", measure.childId());
        call.about("measure", measure.id());
        call.requireDistrict(measure.districtCode());
    }

    private Answer answer(Call call, Measure measure) {
        return Answer.ok(MeasureView.of(measure, measures.places(call.tx(), measure.id())), measure.version());
    }
}
