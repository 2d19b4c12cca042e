package org.jikimi.cases.report;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import org.jikimi.cases.erasure.EraseChild;
import org.jikimi.cases.register.RegisterStates;
import org.jikimi.cases.support.Check;
import org.jikimi.cases.support.Scope;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Page;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jikimi.runtime.rest.Urgent;
import org.jspecify.annotations.Nullable;

/** Suspicions of abuse, by mandated reporters, 112, shops and officers. */
@Path("/api/v1/reports")
@Produces(MediaType.APPLICATION_JSON)
public class ReportResource {
    private final Exchange exchange;
    private final Cursors cursors;
    private final ReceiveReport receive;
    private final RegisterStates states = new RegisterStates();
    private final Reports reports;
    private final EraseChild erase;

    ReportResource(Exchange exchange, Cursors cursors, ReceiveReport receive, Reports reports, EraseChild erase) {
        this.exchange = exchange;
        this.cursors = cursors;
        this.receive = receive;
        this.reports = reports;
        this.erase = erase;
    }

    /**
     * Reports a suspicion, of a child of any district; needs {@code Idempotency-Key}, which is remembered for ever.
     * Answers a receipt alone. Errors: 409 {@code child-erased}; 422 for a field that is missing or not allowed.
     */
    @POST
    @Urgent
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Scope.GATEWAY, Scope.MEDICAL, Scope.SCHOOL, Scope.DONG_OFFICER, Scope.INVESTIGATOR})
    public Response create(@Nullable ReportRequest body) {
        var request = body == null ? ReportRequest.EMPTY : body;
        return exchange.create("report.create", request, Remember.FOR_EVER, call -> {
            call.authorised();
            var asked = report(request, call.now());
            var refusal = erase.refusal(call.tx(), List.of(asked.childId()));
            if (refusal.isPresent()) {
                return Answer.refused(refusal.get());
            }
            var report = receive.receive(call.tx(), asked, sealed(request));
            call.about("child", report.childId());
            call.about("report", report.id());
            return Answer.created("/api/v1/reports/" + report.id(), ReportReceipt.of(report), report.version());
        });
    }

    /**
     * Lists reports of the caller's districts, the oldest first, without who reported.
     *
     * @param state {@code RECEIVED}, {@code UNDER_INVESTIGATION} or {@code CLOSED}; all if absent
     * @param districtCode one district alone
     * @param limit 1 to 500, by default 50
     * @param cursor {@code next} of the page before
     */
    @GET
    @RolesAllowed({Scope.INVESTIGATOR, Scope.POLICE, Scope.SUPERVISOR, Scope.AUDITOR})
    public Response list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("districtCode") @Nullable String districtCode,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("report.list", call -> {
            var filter = new ReportFilter(Check.parameter(ReportState.class, "state", state), districtCode);
            var from = cursors.read(call.caller(), filter.name(), limit, cursor);
            var page = cursors.page(
                    from,
                    reports.list(call.tx(), call.caller(), filter, from),
                    report ->
                            List.of(report.reportedAt().toString(), report.id().toString()));
            page.items().forEach(report -> call.about("report", report.id()));
            var left = states.left(
                    call.tx(), page.items().stream().map(Report::childId).toList());
            return Answer.ok(new Page<>(
                    page.items().stream()
                            .map(report -> ReportView.of(report, left.get(report.childId())))
                            .toList(),
                    page.next()));
        });
    }

    /** Shows a report; to the investigator with who reported and what was told. Errors: 403 of another district; 404. */
    @GET
    @Path("/{id}")
    @RolesAllowed({Scope.INVESTIGATOR, Scope.POLICE, Scope.SUPERVISOR, Scope.AUDITOR})
    public Response get(@PathParam("id") UUID id) {
        return exchange.read("report.read", call -> {
            var found = reports.find(call.tx(), id);
            if (found.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            var report = found.get();
            call.about("child", report.childId());
            call.about("report", report.id());
            call.requireDistrict(report.districtCode());
            var state = states.left(call.tx(), report.childId());
            if (!Scope.opensReports(call.caller(), report.districtCode())) {
                return Answer.ok(ReportView.of(report, state), report.version());
            }
            call.purpose("INVESTIGATION");
            var sealed = reports.open(call.tx(), report.id());
            return Answer.ok(
                    ReportView.opened(report, state, reporter(sealed.reporter()), sealed.narrative()),
                    report.version());
        });
    }

    private static Report report(ReportRequest request, Instant now) {
        var id = EventIds.next();
        var district = Check.district("districtCode", request.districtCode());
        var channel = Check.given("channel", request.channel());
        if (channel == Channel.VISIT) {
            throw Check.invalid("channel", "A visit reports by itself.");
        }
        return new Report(
                id,
                1,
                ReportState.RECEIVED,
                Check.given("childId", request.childId()),
                district,
                Check.dong("dongCode", request.dongCode(), district),
                channel,
                Check.given("urgency", request.urgency()),
                Check.list("suspectedTypes", request.suspectedTypes()),
                null,
                null,
                Check.label("campaignCode", request.campaignCode()),
                Check.list("excludedAgencyIds", request.excludedAgencyIds()),
                null,
                null,
                id,
                now);
    }

    private static Sealed sealed(ReportRequest request) {
        var reporter = request.reporter();
        return new Sealed(
                reporter == null ? null : Check.text("reporter", new String(Json.write(reporter), UTF_8)),
                Check.text("narrative", request.narrative()));
    }

    private static ReportRequest.@Nullable Reporter reporter(@Nullable String json) {
        return json == null ? null : Json.read(json.getBytes(UTF_8), ReportRequest.Reporter.class);
    }
}
