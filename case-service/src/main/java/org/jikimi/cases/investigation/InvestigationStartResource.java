package org.jikimi.cases.investigation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.register.RegisterStates;
import org.jikimi.cases.report.FollowReports;
import org.jikimi.cases.support.Check;
import org.jikimi.cases.support.Refusals;
import org.jikimi.cases.support.Scope;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jspecify.annotations.Nullable;

/** The start of an investigation. */
@Path("/api/v1/reports/{id}/investigation")
@Produces(MediaType.APPLICATION_JSON)
public class InvestigationStartResource {
    private final RegisterStates states = new RegisterStates();
    private final Exchange exchange;
    private final StartInvestigation start;
    private final FollowReports reports;

    InvestigationStartResource(Exchange exchange, StartInvestigation start, FollowReports reports) {
        this.exchange = exchange;
        this.start = start;
        this.reports = reports;
    }

    /**
     * Starts the investigation of a report, which all other reports of the child that nobody looks into yet join; needs
     * {@code If-Match} with the report's version, and {@code Idempotency-Key}, which is remembered for ever. Errors: 400
     * without a key; 403 of another district; 404; 409 {@code report-already-investigated}; 412, 428; 422.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Scope.INVESTIGATOR, Scope.POLICE})
    public Response start(@PathParam("id") UUID id, InvestigationRequests.@Nullable Start body) {
        var request = body == null ? InvestigationRequests.Start.EMPTY : body;
        return exchange.extend("investigation.start", request, Remember.FOR_EVER, call -> {
            var report = start.lock(call.tx(), id).orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
            call.about("child", report.childId());
            call.about("report", report.id());
            call.requireDistrict(report.districtCode());
            call.requireVersion(report.version());
            var attendance = Check.given("attendance", request.attendance());
            return Refusals.answer(start.start(call.tx(), report, attendance, call.now()), started -> {
                var joined = reports.ofInvestigation(call.tx(), started.id());
                return Answer.created(
                        "/api/v1/investigations/" + started.id(),
                        InvestigationView.of(
                                started, states.left(call.tx(), started.childId()), joined, List.of(), null),
                        started.version());
            });
        });
    }
}
