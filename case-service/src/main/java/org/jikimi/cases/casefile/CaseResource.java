package org.jikimi.cases.casefile;

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
import java.util.UUID;
import org.jikimi.cases.register.RegisterStates;
import org.jikimi.cases.support.Check;
import org.jikimi.cases.support.Refusals;
import org.jikimi.cases.support.Scope;
import org.jikimi.cases.timeline.ReadTimeline;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Page;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jikimi.runtime.time.Seoul;
import org.jspecify.annotations.Nullable;

/** Case files: a case manager sees those of the own agency, the city's staff those of their districts. */
@Path("/api/v1/cases")
@Produces(MediaType.APPLICATION_JSON)
public class CaseResource {
    private static final int MOST_POINTS = 1_000;

    private final RegisterStates states = new RegisterStates();
    private final Exchange exchange;
    private final Cursors cursors;
    private final WorkOnCase work;
    private final CaseEntries entries;
    private final ReadTimeline timeline;
    private final CaseFiles files = new CaseFiles();

    CaseResource(Exchange exchange, Cursors cursors, WorkOnCase work, CaseEntries entries, ReadTimeline timeline) {
        this.exchange = exchange;
        this.cursors = cursors;
        this.work = work;
        this.entries = entries;
        this.timeline = timeline;
    }

    /**
     * Lists case files, the oldest first.
     *
     * @param state one state alone
     * @param districtCode one district alone
     * @param limit 1 to 500, by default 50
     * @param cursor {@code next} of the page before
     */
    @GET
    @RolesAllowed({Scope.CASE_MANAGER, Scope.INVESTIGATOR, Scope.SUPERVISOR, Scope.AUDITOR})
    public Response list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("districtCode") @Nullable String districtCode,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("case.list", call -> {
            var filter = new CaseFilter(Check.parameter(CaseState.class, "state", state), districtCode);
            var from = cursors.read(call.caller(), filter.name(), limit, cursor);
            var page = cursors.page(
                    from,
                    files.list(call.tx(), call.caller(), filter, from),
                    file -> List.of(file.openedAt().toString(), file.id().toString()));
            page.items().forEach(file -> call.about("case", file.id()));
            var left = states.left(
                    call.tx(), page.items().stream().map(CaseFile::childId).toList());
            return Answer.ok(new Page<>(
                    page.items().stream()
                            .map(file -> CaseView.of(file, left.get(file.childId())))
                            .toList(),
                    page.next()));
        });
    }

    /** Shows a case file; what was written into it to the agency that holds it. Errors: 403; 404. */
    @GET
    @Path("/{id}")
    @RolesAllowed({Scope.CASE_MANAGER, Scope.INVESTIGATOR, Scope.SUPERVISOR, Scope.AUDITOR})
    public Response get(@PathParam("id") UUID id) {
        return exchange.read("case.read", call -> {
            var file = found(call, id);
            boolean opens = Scope.worksOnCase(call.caller(), file.agencyId());
            return Answer.ok(
                    CaseView.of(
                            file,
                            states.left(call.tx(), file.childId()),
                            entries.of(call.tx(), file.childId(), file.id()),
                            opens),
                    file.version());
        });
    }

    /** The ordered story of the case's child. Errors: 403; 404. */
    @GET
    @Path("/{id}/timeline")
    @RolesAllowed({Scope.CASE_MANAGER, Scope.INVESTIGATOR, Scope.SUPERVISOR, Scope.AUDITOR})
    public Response timeline(
            @PathParam("id") UUID id,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("case.timeline", call -> {
            var file = found(call, id);
            var from = cursors.read(call.caller(), "timeline?case=" + file.id(), limit, cursor);
            return Answer.ok(
                    cursors.page(from, timeline.read(call.tx(), file.childId(), from), ReadTimeline::position));
        });
    }

    /**
     * Takes the next step; needs {@code If-Match}, and takes an {@code Idempotency-Key}. Assessment begins by the
     * acceptance of the referral. Errors: 403 of another district or agency; 404; 409 {@code next-state-not-allowed};
     * 412, 428; 422 {@code closing-needs-reason}.
     */
    @POST
    @Path("/{id}/status")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Scope.CASE_MANAGER, Scope.SUPERVISOR})
    public Response move(@PathParam("id") UUID id, CaseRequests.@Nullable Status body) {
        var request = body == null ? CaseRequests.Status.EMPTY : body;
        return exchange.change("case.status", request, call -> {
            var file = locked(call, id);
            call.requireVersion(file.version());
            var next = Check.given("state", request.state());
            boolean supervisor = call.caller().has(Scope.SUPERVISOR);
            return Refusals.answer(
                    work.move(call.tx(), file, next, request.reason(), supervisor, call.now()),
                    moved -> Answer.ok(CaseView.of(moved, states.left(call.tx(), moved.childId())), moved.version()));
        });
    }

    /** Writes a plan 사례관리계획; needs {@code Idempotency-Key}. Errors: 403; 404; 409 {@code case-closed}; 422. */
    @POST
    @Path("/{id}/plan")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.CASE_MANAGER)
    public Response plan(@PathParam("id") UUID id, CaseRequests.@Nullable Entry body) {
        return write("case.plan", id, EntryKind.PLAN, body);
    }

    /** Writes a session down; needs {@code Idempotency-Key}. Errors: 403; 404; 409 {@code case-closed}; 422. */
    @POST
    @Path("/{id}/sessions")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.CASE_MANAGER)
    public Response session(@PathParam("id") UUID id, CaseRequests.@Nullable Entry body) {
        return write("case.session", id, EntryKind.SESSION, body);
    }

    /** Writes an assessment down; needs {@code Idempotency-Key}. Errors: 403; 404; 409 {@code case-closed}; 422. */
    @POST
    @Path("/{id}/assessments")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.CASE_MANAGER)
    public Response assess(@PathParam("id") UUID id, CaseRequests.@Nullable Entry body) {
        return write("case.assessment", id, EntryKind.ASSESSMENT, body);
    }

    private Response write(String action, UUID id, EntryKind kind, CaseRequests.@Nullable Entry body) {
        var request = body == null ? CaseRequests.Entry.EMPTY : body;
        return exchange.create(action, request, Remember.FOR_EVER, call -> {
            var file = locked(call, id);
            call.authorised();
            var entry = new CaseEntry(
                    EventIds.next(),
                    file.id(),
                    kind,
                    Check.past("on", request.on(), Seoul.dateOf(call.now())),
                    Check.code("code", request.code()),
                    points(request.points()),
                    call.now(),
                    Check.text("content", request.content()));
            return Refusals.answer(
                    work.write(call.tx(), file, entry),
                    written -> Answer.created(
                            "/api/v1/cases/" + written.id(),
                            CaseView.of(written, states.left(call.tx(), written.childId()), List.of(entry), true),
                            written.version()));
        });
    }

    private static @Nullable Integer points(@Nullable Integer points) {
        if (points != null && (points < 0 || points > MOST_POINTS)) {
            throw Check.invalid("points", "Points lie between 0 and " + MOST_POINTS + ".");
        }
        return points;
    }

    private CaseFile found(Call call, UUID id) {
        var file = files.find(call.tx(), id).orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
        return mayBeSeen(call, file);
    }

    private CaseFile locked(Call call, UUID id) throws SQLException {
        var file = work.lock(call.tx(), id).orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
        return mayBeSeen(call, file);
    }

    private static CaseFile mayBeSeen(Call call, CaseFile file) {
        call.about("child", file.childId());
        call.about("case", file.id());
        Scope.requireCase(call, file.districtCode(), file.agencyId());
        return file;
    }
}
