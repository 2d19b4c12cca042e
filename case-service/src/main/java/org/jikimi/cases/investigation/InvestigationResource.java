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
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.erasure.EraseChild;
import org.jikimi.cases.register.RegisterStates;
import org.jikimi.cases.report.FollowReports;
import org.jikimi.cases.support.Check;
import org.jikimi.cases.support.Refusals;
import org.jikimi.cases.support.Ruling;
import org.jikimi.cases.support.Scope;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jspecify.annotations.Nullable;

/** Investigations of the caller's districts, their measures and determinations. */
@Path("/api/v1/investigations")
@Produces(MediaType.APPLICATION_JSON)
public class InvestigationResource {
    /**
     * The measures that were taken.
     *
     * @param measures one for each child
     */
    public record MeasuresTaken(List<MeasureView> measures) {}

    private final RegisterStates states = new RegisterStates();
    private final Exchange exchange;
    private final Investigations investigations;
    private final Measures measures;
    private final TakeMeasure take;
    private final Determine determine;
    private final FollowReports reports;
    private final EraseChild erase;

    InvestigationResource(
            Exchange exchange,
            Investigations investigations,
            Measures measures,
            TakeMeasure take,
            Determine determine,
            FollowReports reports,
            EraseChild erase) {
        this.exchange = exchange;
        this.investigations = investigations;
        this.measures = measures;
        this.take = take;
        this.determine = determine;
        this.reports = reports;
        this.erase = erase;
    }

    /** Shows an investigation with its measures. Errors: 403 of another district; 404. */
    @GET
    @Path("/{id}")
    @RolesAllowed({Scope.INVESTIGATOR, Scope.POLICE, Scope.SUPERVISOR, Scope.AUDITOR})
    public Response get(@PathParam("id") UUID id) {
        return exchange.read("investigation.read", call -> {
            var investigation =
                    investigations.find(call.tx(), id).orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
            mayBeSeen(call, investigation);
            boolean opens = Scope.opensReports(call.caller(), investigation.districtCode());
            return Answer.ok(
                    view(call, investigation, opens ? investigations.reasons(call.tx(), investigation.id()) : null),
                    investigation.version());
        });
    }

    /**
     * Takes a measure, one for each child; needs {@code If-Match} with the investigation's version and {@code
     * Idempotency-Key}, which is remembered for ever. Errors: 400 without a key; 403 of another district; 404; 409 {@code
     * child-erased} if one of {@code childIds} was; 412, 428; 422.
     */
    @POST
    @Path("/{id}/measures")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Scope.INVESTIGATOR, Scope.POLICE})
    public Response take(@PathParam("id") UUID id, InvestigationRequests.@Nullable Take body) {
        var request = body == null ? InvestigationRequests.Take.EMPTY : body;
        return exchange.extend("measure.take", request, Remember.FOR_EVER, call -> {
            var investigation = locked(call, id);
            call.requireVersion(investigation.version());
            var intention = new TakeMeasure.Intention(
                    Check.given("kind", request.kind()),
                    items(request),
                    Check.list("childIds", request.childIds()),
                    Check.given("placeNeeded", request.placeNeeded()));
            var refusal = erase.refusal(call.tx(), intention.childIds());
            if (refusal.isPresent()) {
                return Answer.refused(refusal.get());
            }
            var taken = take.take(call.tx(), investigation, intention, call.now());
            taken.measures().forEach(measure -> call.about("child", measure.childId()));
            var views = taken.measures().stream()
                    .map(measure -> MeasureView.of(measure, List.of()))
                    .toList();
            return Answer.created(
                    "/api/v1/investigations/" + investigation.id(),
                    new MeasuresTaken(views),
                    taken.investigation().version());
        });
    }

    /**
     * Records the determination; needs {@code If-Match} and {@code Idempotency-Key}, which is remembered for ever.
     * Errors: 400 without a key; 403 of another district; 404; 409 {@code already-determined}; 412, 428; 422 {@code
     * abuse-names-its-types} and fields that are missing or not allowed.
     */
    @POST
    @Path("/{id}/determination")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.INVESTIGATOR)
    public Response determine(@PathParam("id") UUID id, InvestigationRequests.@Nullable Determined body) {
        var request = body == null ? InvestigationRequests.Determined.EMPTY : body;
        return exchange.extend("investigation.determine", request, Remember.FOR_EVER, call -> {
            var investigation = locked(call, id);
            call.requireVersion(investigation.version());
            var again = request.reAbuse();
            var result = new Determination(
                    EventIds.next(),
                    Check.given("determination", request.determination()),
                    Check.given("forum", request.forum()),
                    Check.list("types", request.types()),
                    request.relation(),
                    again == null ? determine.isReAbuse(call.tx(), investigation) : again,
                    Check.given("scoreSeen", request.scoreSeen()),
                    Check.given("consent", request.consent()),
                    call.now());
            var reasons = Check.text("reasons", request.reasons());
            return answer(call, determine.determine(call.tx(), investigation, result, reasons));
        });
    }

    /**
     * Records that the agency that did not come along was notified; needs {@code If-Match} and no body. Errors: 403 of
     * another district; 404; 409 {@code nobody-to-notify}; 412, 428.
     */
    @POST
    @Path("/{id}/cross-notice")
    @RolesAllowed({Scope.INVESTIGATOR, Scope.POLICE})
    public Response notified(@PathParam("id") UUID id) {
        return exchange.change("investigation.notify", call -> {
            var investigation = locked(call, id);
            call.requireVersion(investigation.version());
            return answer(call, determine.notified(call.tx(), investigation, call.now()));
        });
    }

    /**
     * Records where the child lives on, which ends temporary protection; needs {@code If-Match}, and takes an {@code
     * Idempotency-Key}. Errors: 403 of another district; 404; 409 {@code protection-already-decided}; 412, 428; 422.
     */
    @POST
    @Path("/{id}/protection-decision")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Scope.INVESTIGATOR)
    public Response protect(@PathParam("id") UUID id, InvestigationRequests.@Nullable Protected body) {
        var request = body == null ? InvestigationRequests.Protected.EMPTY : body;
        return exchange.change("investigation.protect", request, call -> {
            var investigation = locked(call, id);
            call.requireVersion(investigation.version());
            var decision = Check.given("decision", request.decision());
            return answer(call, determine.protect(call.tx(), investigation, decision, call.now()));
        });
    }

    private Investigation locked(Call call, UUID id) throws SQLException {
        var investigation =
                investigations.lock(call.tx(), id).orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
        mayBeSeen(call, investigation);
        return investigation;
    }

    private static void mayBeSeen(Call call, Investigation investigation) {
        call.about("child", investigation.childId());
        call.about("investigation", investigation.id());
        call.requireDistrict(investigation.districtCode());
    }

    private Answer answer(Call call, Ruling<Investigation> ruling) {
        return Refusals.answer(
                ruling, investigation -> Answer.ok(view(call, investigation, null), investigation.version()));
    }

    private InvestigationView view(Call call, Investigation investigation, @Nullable String reasons) {
        var taken = measures.ofInvestigation(call.tx(), investigation.id()).stream()
                .map(measure -> MeasureView.of(measure, measures.places(call.tx(), measure.id())))
                .toList();
        return InvestigationView.of(
                investigation,
                states.left(call.tx(), investigation.childId()),
                reports.ofInvestigation(call.tx(), investigation.id()),
                taken,
                reasons);
    }

    private static List<Integer> items(InvestigationRequests.Take request) {
        var items = Check.list("items", request.items());
        if (items.stream().anyMatch(item -> item < 1 || item > 7)) {
            throw Check.invalid("items", "An interim measure has the items 1 to 7.");
        }
        return items;
    }
}
