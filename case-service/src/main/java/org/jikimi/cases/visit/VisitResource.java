package org.jikimi.cases.visit;

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
import java.sql.SQLException;
import java.util.List;
import org.jikimi.cases.register.RegisterStates;
import org.jikimi.cases.support.Check;
import org.jikimi.cases.support.Refusals;
import org.jikimi.cases.support.Ruling;
import org.jikimi.cases.support.Scope;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Page;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jspecify.annotations.Nullable;

/** Household visits of the caller's districts. */
@Path("/api/v1/visits")
@Produces(MediaType.APPLICATION_JSON)
public class VisitResource {
    private final Exchange exchange;
    private final Cursors cursors;
    private final RegisterStates states = new RegisterStates();
    private final Visits visits;
    private final AttemptVisit attempt;
    private final CompleteVisit complete;

    VisitResource(Exchange exchange, Cursors cursors, Visits visits, AttemptVisit attempt, CompleteVisit complete) {
        this.exchange = exchange;
        this.cursors = cursors;
        this.visits = visits;
        this.attempt = attempt;
        this.complete = complete;
    }

    /**
     * Lists visits, the next due first. The police see joint visits alone.
     *
     * @param state {@code PLANNED}, {@code ATTEMPTED}, {@code COMPLETED} or {@code CLOSED}; all if absent
     * @param due those that are due by this day
     * @param districtCode one district alone
     * @param limit 1 to 500, by default 50
     * @param cursor {@code next} of the page before
     */
    @GET
    @RolesAllowed({Scope.DONG_OFFICER, Scope.INVESTIGATOR, Scope.POLICE, Scope.SUPERVISOR, Scope.AUDITOR})
    public Response list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("due") @Nullable String due,
            @QueryParam("districtCode") @Nullable String districtCode,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("visit.list", call -> {
            var filter = new VisitFilter(
                    Check.parameter(VisitState.class, "state", state), Check.date("due", due), districtCode);
            var from = cursors.read(call.caller(), filter.name(), limit, cursor);
            var page = cursors.page(
                    from,
                    visits.list(call.tx(), call.caller(), filter, from),
                    visit -> List.of(visit.dueOn().toString(), visit.id().toString()));
            page.items().forEach(visit -> call.about("visit", visit.id()));
            var children = page.items().stream()
                    .flatMap(visit -> visit.childIds().stream())
                    .toList();
            var left = states.left(call.tx(), children);
            return Answer.ok(new Page<>(
                    page.items().stream()
                            .map(visit -> VisitView.of(visit, left, null))
                            .toList(),
                    page.next()));
        });
    }

    /** Shows one visit. Errors: 403 of another district; 404. */
    @GET
    @Path("/{id}")
    @RolesAllowed({Scope.DONG_OFFICER, Scope.INVESTIGATOR, Scope.POLICE, Scope.SUPERVISOR, Scope.AUDITOR})
    public Response get(@PathParam("id") String id) {
        return exchange.read("visit.read", call -> {
            var visit =
                    visits.find(call.tx(), Check.id(id)).orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
            seen(call, visit);
            boolean opens =
                    call.caller().has(Scope.DONG_OFFICER) || call.caller().has(Scope.INVESTIGATOR);
            var note = opens ? visits.note(call.tx(), visit.id()) : null;
            return Answer.ok(VisitView.of(visit, states.left(call.tx(), visit.childIds()), note), visit.version());
        });
    }

    /**
     * Writes down that nobody was seen; needs {@code If-Match} and {@code Idempotency-Key}. Errors: 400 without a key; 403
     * of another district; 404; 409 {@code visit-already-completed}; 412, 428; 422.
     */
    @POST
    @Path("/{id}/attempts")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Scope.DONG_OFFICER, Scope.INVESTIGATOR})
    public Response attempt(@PathParam("id") String id, @Nullable AttemptRequest body) {
        var request = body == null ? AttemptRequest.EMPTY : body;
        return exchange.extend("visit.attempt", request, Remember.A_DAY, call -> {
            var visit = locked(call, id);
            var result = Check.given("result", request.result());
            var at = Check.past("attemptedAt", request.attemptedAt(), call.now());
            return answer(call, attempt.attempt(call.tx(), visit, result, at));
        });
    }

    /**
     * Completes a visit with a result for each child of the household who has not died or emigrated by the register; needs
     * {@code If-Match}, and takes an {@code Idempotency-Key}. Errors: 403 of another district; 404; 409 {@code
     * visit-already-completed}; 412, 428; 422 {@code child-without-result} and its like, which name the children in {@code
     * childIds}.
     */
    @POST
    @Path("/{id}/completion")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Scope.DONG_OFFICER, Scope.INVESTIGATOR})
    public Response complete(@PathParam("id") String id, @Nullable CompletionRequest body) {
        var request = body == null ? CompletionRequest.EMPTY : body;
        return exchange.change("visit.complete", request, call -> {
            var visit = locked(call, id);
            visit.childIds().forEach(child -> call.about("child", child));
            var twice = request.twice();
            return twice.isEmpty()
                    ? answer(
                            call,
                            complete.complete(call.tx(), visit, request.results(), request.checkedNote(), call.now()))
                    : answer(call, Ruling.broken(VisitRule.CHILD_WITH_TWO_RESULTS, twice));
        });
    }

    private Visit locked(Call call, String id) throws SQLException {
        var visit = visits.lock(call.tx(), Check.id(id)).orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
        seen(call, visit);
        call.requireVersion(visit.version());
        return visit;
    }

    private static void seen(Call call, Visit visit) {
        call.about("visit", visit.id());
        call.requireDistrict(visit.districtCode());
        if (visit.kind() != VisitKind.JOINT_WITH_POLICE && Scope.jointVisitsOnly(call.caller())) {
            throw new ProblemException(Problems.FORBIDDEN);
        }
    }

    private Answer answer(Call call, Ruling<Visit> ruling) {
        return Refusals.answer(
                ruling,
                visit -> Answer.ok(
                        VisitView.of(visit, states.left(call.tx(), visit.childIds()), null), visit.version()));
    }
}
