package org.jikimi.cases.clock;

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
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.support.Check;
import org.jikimi.cases.support.Refusals;
import org.jikimi.cases.support.Scope;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Page;
import org.jikimi.runtime.rest.Problems;
import org.jspecify.annotations.Nullable;

/** Legal clocks of the caller's districts. They start and stop with what they are about. */
@Path("/api/v1/clocks")
@Produces(MediaType.APPLICATION_JSON)
public class ClockResource {
    /**
     * The closing of a clock by hand.
     *
     * @param reason why the clock is closed by hand
     */
    public record ClosureRequest(@Nullable CancelReason reason) {}

    private final Exchange exchange;
    private final Cursors cursors;
    private final RunClocks run;
    private final CancelClock cancel;
    private final Clocks clocks = new Clocks();

    ClockResource(Exchange exchange, Cursors cursors, RunClocks run, CancelClock cancel) {
        this.exchange = exchange;
        this.cursors = cursors;
        this.run = run;
        this.cancel = cancel;
    }

    /**
     * Lists clocks, the next due first.
     *
     * @param open {@code true} for those that are running or breached alone
     * @param districtCode one district alone
     * @param subjectId those of one visit, report, investigation or measure
     * @param limit 1 to 500, by default 50
     * @param cursor {@code next} of the page before
     */
    @GET
    @RolesAllowed({Scope.DONG_OFFICER, Scope.INVESTIGATOR, Scope.POLICE, Scope.SUPERVISOR, Scope.AUDITOR})
    public Response list(
            @QueryParam("open") @Nullable Boolean open,
            @QueryParam("districtCode") @Nullable String districtCode,
            @QueryParam("subjectId") @Nullable UUID subjectId,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("clock.list", call -> {
            var filter = new ClockFilter(Boolean.TRUE.equals(open), districtCode, subjectId);
            var from = cursors.read(call.caller(), filter.name(), limit, cursor);
            var page = cursors.page(
                    from,
                    clocks.list(call.tx(), call.caller(), filter, from),
                    clock -> List.of(clock.dueAt().toString(), clock.id().toString()));
            page.items().forEach(clock -> call.about("clock", clock.id()));
            return Answer.ok(new Page<>(page.items().stream().map(ClockView::of).toList(), page.next()));
        });
    }

    /** Shows a clock. Errors: 403 of another district; 404. */
    @GET
    @Path("/{id}")
    @RolesAllowed({Scope.DONG_OFFICER, Scope.INVESTIGATOR, Scope.POLICE, Scope.SUPERVISOR, Scope.AUDITOR})
    public Response get(@PathParam("id") UUID id) {
        return exchange.read("clock.read", call -> {
            var found = run.find(call.tx(), id);
            if (found.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            var clock = found.get();
            call.about("child", clock.childId());
            call.requireDistrict(clock.districtCode());
            return Answer.ok(ClockView.of(clock), clock.version());
        });
    }

    /**
     * Closes an open clock by hand; needs {@code If-Match}. Errors: 403 of another district; 404; 409 {@code
     * clock-not-open}; 412, 428; 422 without a reason.
     */
    @POST
    @Path("/{id}/closure")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.SUPERVISOR)
    public Response close(@PathParam("id") UUID id, @Nullable ClosureRequest body) {
        var request = body == null ? new ClosureRequest(null) : body;
        return exchange.change("clock.close", request, call -> {
            var found = run.find(call.tx(), id);
            if (found.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            KeyLocks.lock(call.tx(), List.of(found.get().childId().toString()));
            var clock = run.find(call.tx(), found.get().id()).orElseThrow();
            call.about("child", clock.childId());
            call.requireDistrict(clock.districtCode());
            call.requireVersion(clock.version());
            var reason = Check.given("reason", request.reason());
            return Refusals.answer(
                    cancel.cancel(call.tx(), clock, reason, call.now()),
                    closed -> Answer.ok(ClockView.of(closed), closed.version()));
        });
    }
}
