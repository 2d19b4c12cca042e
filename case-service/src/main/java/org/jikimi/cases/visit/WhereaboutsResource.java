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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.support.Check;
import org.jikimi.cases.support.Refusals;
import org.jikimi.cases.support.Scope;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Page;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jspecify.annotations.Nullable;

/** Whereabouts checks of the caller's districts: children whom a visit could not find and the police look for. */
@Path("/api/v1/whereabouts-checks")
@Produces(MediaType.APPLICATION_JSON)
public class WhereaboutsResource {
    /**
     * The answer of the police.
     *
     * @param districtCode where the child was located; as before if left out
     * @param dongCode the dong there; needed with another district
     */
    public record ResultRequest(
            @Nullable CheckResult result,
            @Nullable String districtCode,
            @Nullable String dongCode) {
        static final ResultRequest EMPTY = new ResultRequest(null, null, null);
    }

    /**
     * A check as it is shown.
     *
     * @param inquiries how often the police looked in vain
     */
    public record CheckView(
            UUID id,
            long version,
            CheckState state,
            UUID visitId,
            UUID childId,
            @Nullable UUID flagId,
            String districtCode,
            Instant since,
            Instant dueAt,
            int inquiries,
            @Nullable CheckResult result) {
        static CheckView of(WhereaboutsCheck check) {
            return new CheckView(
                    check.id(),
                    check.version(),
                    check.state(),
                    check.visitId(),
                    check.childId(),
                    check.flagId(),
                    check.districtCode(),
                    check.since(),
                    check.dueAt(),
                    check.inquiries(),
                    check.result());
        }
    }

    private final Exchange exchange;
    private final Cursors cursors;
    private final FindChild find;
    private final WhereaboutsChecks checks = new WhereaboutsChecks();

    WhereaboutsResource(Exchange exchange, Cursors cursors, FindChild find) {
        this.exchange = exchange;
        this.cursors = cursors;
        this.find = find;
    }

    /**
     * Lists checks, the oldest first.
     *
     * @param state {@code OPEN}, {@code LOCATED} or {@code CLOSED}; all if absent
     * @param limit 1 to 500, by default 50
     * @param cursor {@code next} of the page before
     */
    @GET
    @RolesAllowed({Scope.DONG_OFFICER, Scope.INVESTIGATOR, Scope.POLICE, Scope.SUPERVISOR, Scope.AUDITOR})
    public Response list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("whereabouts.list", call -> {
            var wanted = Check.parameter(CheckState.class, "state", state);
            var from = cursors.read(call.caller(), "whereabouts-checks?state=" + wanted, limit, cursor);
            var page = cursors.page(
                    from,
                    checks.list(call.tx(), call.caller(), wanted, from),
                    check -> List.of(check.since().toString(), check.id().toString()));
            page.items().forEach(check -> call.about("child", check.childId()));
            return Answer.ok(new Page<>(page.items().stream().map(CheckView::of).toList(), page.next()));
        });
    }

    /** Shows a check. Errors: 403 of another district; 404. */
    @GET
    @Path("/{id}")
    @RolesAllowed({Scope.DONG_OFFICER, Scope.INVESTIGATOR, Scope.POLICE, Scope.SUPERVISOR, Scope.AUDITOR})
    public Response get(@PathParam("id") String id) {
        return exchange.read("whereabouts.read", call -> {
            var check =
                    checks.find(call.tx(), Check.id(id)).orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
            call.about("child", check.childId());
            call.requireDistrict(check.districtCode());
            return Answer.ok(CheckView.of(check), check.version());
        });
    }

    /**
     * The police answer; needs {@code If-Match}, and takes an {@code Idempotency-Key}. {@code LOCATED} plans a visit
     * there, {@code NOT_FOUND} leaves the check open. Errors: 403 of another district; 404; 409 {@code
     * check-already-answered}; 412, 428; 422.
     */
    @POST
    @Path("/{id}/result")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.POLICE)
    public Response answer(@PathParam("id") String id, @Nullable ResultRequest body) {
        var request = body == null ? ResultRequest.EMPTY : body;
        return exchange.change("whereabouts.answer", request, call -> {
            var check = find.lock(call.tx(), Check.id(id)).orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
            call.about("child", check.childId());
            call.requireDistrict(check.districtCode());
            call.requireVersion(check.version());
            var result = Check.given("result", request.result());
            return Refusals.answer(
                    find.answer(call.tx(), check, result, place(check, request), call.now()),
                    answered -> Answer.ok(CheckView.of(answered), answered.version()));
        });
    }

    private static FindChild.Place place(WhereaboutsCheck check, ResultRequest request) {
        if (request.districtCode() == null) {
            var dong = Check.dong("dongCode", request.dongCode(), check.districtCode());
            return new FindChild.Place(check.districtCode(), dong == null ? check.dongCode() : dong);
        }
        var district = Check.district("districtCode", request.districtCode());
        var dong = Check.dong("dongCode", request.dongCode(), district);
        if (dong == null && !district.equals(check.districtCode())) {
            throw Check.invalid("dongCode", "It must be given with another district.");
        }
        return new FindChild.Place(district, dong == null ? check.dongCode() : dong);
    }
}
