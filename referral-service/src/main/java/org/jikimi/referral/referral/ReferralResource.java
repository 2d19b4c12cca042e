package org.jikimi.referral.referral;

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
import java.util.Optional;
import java.util.UUID;
import org.jikimi.referral.access.Fields;
import org.jikimi.referral.access.NoFields;
import org.jikimi.referral.access.Roles;
import org.jikimi.referral.access.RowScope;
import org.jikimi.referral.erasure.EraseChild;
import org.jikimi.referral.exclusion.Exclusions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Page;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jikimi.runtime.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Referrals 연계 의뢰. City staff see those of their districts, an agency those that are offered to it or that it has. Only
 * the agency to whom it is offered answers an offer.
 */
@Path("/api/v1/referrals")
@Produces(MediaType.APPLICATION_JSON)
public class ReferralResource {
    static final Problem NOT_OFFERED =
            Problem.of("referral-not-offered", 409, "The referral is not on offer", "현재 제안 상태가 아닌 연계입니다");
    static final Problem NO_PLACE = Problem.of(
            "agency-has-no-place",
            409,
            "The agency is not open or has no place left; decline for NO_CAPACITY",
            "기관이 운영 중이 아니거나 남은 정원이 없습니다");
    static final Problem NOT_TAKEN =
            Problem.of("referral-not-taken", 409, "The referral is not in that state", "진행할 수 없는 연계 상태입니다");

    static final Problem NOT_OPEN = Problem.of(
            "referral-not-open", 409, "An agency has taken the referral on, or it has ended", "기관이 이미 맡았거나 종료된 연계입니다");

    private final Exchange exchange;
    private final Cursors cursors;
    private final ListReferrals lists;
    private final RequestReferral request;
    private final AnswerOffer answers;
    private final DeliverService deliver;
    private final CancelReferral cancel;
    private final Exclusions exclusions;
    private final WithdrawFromExcluded withdraw;
    private final EraseChild erase;

    ReferralResource(
            Exchange exchange,
            Cursors cursors,
            ListReferrals lists,
            RequestReferral request,
            AnswerOffer answers,
            DeliverService deliver,
            CancelReferral cancel,
            Exclusions exclusions,
            WithdrawFromExcluded withdraw,
            EraseChild erase) {
        this.exchange = exchange;
        this.cursors = cursors;
        this.lists = lists;
        this.request = request;
        this.answers = answers;
        this.deliver = deliver;
        this.cancel = cancel;
        this.exclusions = exclusions;
        this.withdraw = withdraw;
        this.erase = erase;
    }

    /**
     * Lists referrals, newest first.
     *
     * @param state one state alone
     * @param districtCode of one district
     * @param childId of one child
     * @param caseId of one case file
     * @param visitId of one visit
     * @param limit 1 to 500, by default 50
     * @param cursor {@code next} of the page before
     */
    @GET
    @RolesAllowed({
        Roles.DONG_OFFICER,
        Roles.INVESTIGATOR,
        Roles.CASE_MANAGER,
        Roles.WELFARE_PROVIDER,
        Roles.COACHING_PROVIDER,
        Roles.MEDICAL,
        Roles.SCHOOL,
        Roles.SUPERVISOR,
        Roles.AUDITOR
    })
    public Response list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("districtCode") @Nullable String districtCode,
            @QueryParam("childId") @Nullable UUID childId,
            @QueryParam("caseId") @Nullable UUID caseId,
            @QueryParam("visitId") @Nullable UUID visitId,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("referral.list", call -> {
            var filter = new ReferralFilter(
                    Fields.oneOfOrNull("state", ReferralState.class, state),
                    Fields.districtOrNull("districtCode", districtCode),
                    childId,
                    caseId,
                    visitId);
            var from = cursors.read(call.caller(), filter.name(), limit, cursor);
            var page = cursors.page(from, lists.list(call.tx(), call.caller(), filter, from), ListReferrals::position);
            page.items().forEach(referral -> call.about("referral", referral.id()));
            return Answer.ok(new Page<>(lists.views(call.tx(), call.caller(), page.items()), page.next()));
        });
    }

    /** Shows one referral, to city staff with the reasons for the choice of agency. Errors: 403, 404. */
    @GET
    @Path("/{id}")
    @RolesAllowed({
        Roles.DONG_OFFICER,
        Roles.INVESTIGATOR,
        Roles.CASE_MANAGER,
        Roles.WELFARE_PROVIDER,
        Roles.COACHING_PROVIDER,
        Roles.MEDICAL,
        Roles.SCHOOL,
        Roles.SUPERVISOR,
        Roles.AUDITOR
    })
    public Response get(@PathParam("id") UUID id) {
        return exchange.read("referral.read", call -> {
            var found = lists.find(call.tx(), id);
            if (found.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            var referral = found.get();
            call.about("referral", referral.id());
            var refusal = RowScope.refusalToSee(call.caller(), referral.ask().districtCode(), referral.agencyId());
            return refusal.isPresent() ? Answer.refused(refusal.get()) : answer(call, referral);
        });
    }

    /**
     * Asks for a service for a child and offers it at once; needs {@code Idempotency-Key}. Errors: 403 of another
     * district; 409 {@code child-erased}; 422 for a field that is not allowed, above all without consent or legal basis.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.DONG_OFFICER, Roles.INVESTIGATOR, Roles.CASE_MANAGER, Roles.SUPERVISOR})
    public Response create(@Nullable ReferralRequest body) {
        var wanted = body == null ? ReferralRequest.EMPTY : body;
        return exchange.create("referral.request", wanted, Remember.FOR_EVER, call -> {
            var id = EventIds.next();
            var ask = ReferralBodies.ask(wanted, id, call.now());
            var excluded = Fields.uuids("excludedAgencyIds", wanted.excludedAgencyIds());
            call.about("child", ask.childId());
            call.about("referral", id);
            call.requireDistrict(ask.districtCode());
            call.authorised();
            var refusal = erase.refusal(call.tx(), List.of(ask.childId()));
            if (refusal.isPresent()) {
                return Answer.refused(refusal.get());
            }
            exclusions.add(call.tx(), ask.childId(), excluded);
            withdraw.withdraw(call.tx(), ask.childId(), excluded, null);
            var referral = request.request(call.tx(), id, ask, null).orElseThrow();
            return Answer.created(
                    "/api/v1/referrals/" + id, lists.view(call.tx(), call.caller(), referral), referral.version());
        });
    }

    /**
     * The agency takes on what is offered to it; needs {@code If-Match}. Errors: 403 of another agency; 404; 409 if it
     * is not on offer, or the agency has no place; 412, 428.
     */
    @POST
    @Path("/{id}/acceptance")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.CASE_MANAGER, Roles.WELFARE_PROVIDER, Roles.COACHING_PROVIDER, Roles.MEDICAL, Roles.SCHOOL})
    public Response accept(@PathParam("id") UUID id, @Nullable NoFields body) {
        return act(
                "referral.accept",
                id,
                NoFields.EMPTY,
                (call, referral) -> answer(call, answers.accept(call.tx(), referral)));
    }

    /** The agency declines what is offered to it, and the next best is asked; needs {@code If-Match}. Errors as above. */
    @POST
    @Path("/{id}/refusal")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.CASE_MANAGER, Roles.WELFARE_PROVIDER, Roles.COACHING_PROVIDER, Roles.MEDICAL, Roles.SCHOOL})
    public Response decline(@PathParam("id") UUID id, @Nullable RefusalRequest body) {
        var request = body == null ? RefusalRequest.EMPTY : body;
        return act("referral.decline", id, request, (call, referral) -> {
            var reason = Fields.oneOf("reason", RefusalReason.class, request.reason());
            return answer(call, answers.decline(call.tx(), referral, reason));
        });
    }

    /** The agency begins the service; needs {@code If-Match}. Errors: 403, 404; 409 if it is not accepted; 412, 428. */
    @POST
    @Path("/{id}/start")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.CASE_MANAGER, Roles.WELFARE_PROVIDER, Roles.COACHING_PROVIDER, Roles.MEDICAL, Roles.SCHOOL})
    public Response start(@PathParam("id") UUID id, @Nullable NoFields body) {
        return act(
                "referral.start",
                id,
                NoFields.EMPTY,
                (call, referral) -> delivered(call, deliver.begin(call.tx(), referral)));
    }

    /**
     * The agency has delivered the service, or it ended; needs {@code If-Match}. Errors: 403, 404; 409 if the agency has
     * not taken it on; 412, 422, 428.
     */
    @POST
    @Path("/{id}/completion")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.CASE_MANAGER, Roles.WELFARE_PROVIDER, Roles.COACHING_PROVIDER, Roles.MEDICAL, Roles.SCHOOL})
    public Response complete(@PathParam("id") UUID id, @Nullable CompletionRequest body) {
        var request = body == null ? CompletionRequest.EMPTY : body;
        return act("referral.complete", id, request, (call, referral) -> {
            var outcome = Fields.oneOf("outcome", ServiceOutcome.class, request.outcome());
            return delivered(call, deliver.complete(call.tx(), referral, outcome, null));
        });
    }

    /**
     * Ends a referral that is on offer or for which nobody was found, for {@code WITHDRAWN} or {@code NO_LONGER_NEEDED}; needs
     * {@code If-Match}. Errors: 403 of another district; 404; 409 if an agency has taken it on or it has ended; 412, 422, 428.
     */
    @POST
    @Path("/{id}/cancellation")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.DONG_OFFICER, Roles.INVESTIGATOR, Roles.SUPERVISOR})
    public Response cancel(@PathParam("id") UUID id, @Nullable CancellationRequest body) {
        var request = body == null ? CancellationRequest.EMPTY : body;
        return act("referral.cancel", id, request, ReferralResource::byDistrict, (call, referral) -> {
            var reason = Fields.oneOf("reason", CancelReason.class, request.reason());
            return switch (cancel.cancel(call.tx(), referral, reason.name(), null)) {
                case CancelReferral.Result.Cancelled(var cancelled) -> answer(call, cancelled);
                case CancelReferral.Result.NotOpen(var same) ->
                    Answer.refused(NOT_OPEN.with("state", same.state().name()));
            };
        });
    }

    @FunctionalInterface
    private interface Scope {
        Optional<Problem> refusal(Caller caller, Referral referral);
    }

    private static Optional<Problem> byDistrict(Caller caller, Referral referral) {
        return RowScope.refusalToActIn(caller, referral.ask().districtCode());
    }

    private static Optional<Problem> ownAgency(Caller caller, Referral referral) {
        return RowScope.refusalToActFor(caller, referral.agencyId());
    }

    /** What is done with the referral. */
    @FunctionalInterface
    private interface Act {
        Answer on(Call call, Referral referral) throws SQLException;
    }

    private Response act(String action, UUID id, Object body, Act act) {
        return act(action, id, body, ReferralResource::ownAgency, act);
    }

    private Response act(String action, UUID id, Object body, Scope scope, Act act) {
        return exchange.change(action, body, call -> {
            var found = lists.lock(call.tx(), id);
            if (found.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            var referral = found.get();
            call.about("referral", referral.id());
            var refusal = scope.refusal(call.caller(), referral);
            if (refusal.isPresent()) {
                return Answer.refused(refusal.get());
            }
            call.requireVersion(referral.version());
            return act.on(call, referral);
        });
    }

    private Answer answer(Call call, AnswerOffer.Result result) {
        return switch (result) {
            case AnswerOffer.Result.Answered(var referral) -> answer(call, referral);
            case AnswerOffer.Result.NotOffered(var referral) ->
                Answer.refused(NOT_OFFERED.with("state", referral.state().name()));
            case AnswerOffer.Result.NoPlace(var referral) ->
                Answer.refused(NO_PLACE.with("serviceCode", referral.ask().serviceCode()));
        };
    }

    private Answer delivered(Call call, DeliverService.Result result) {
        return switch (result) {
            case DeliverService.Result.Done(var referral) -> answer(call, referral);
            case DeliverService.Result.NotTaken(var referral) ->
                Answer.refused(NOT_TAKEN.with("state", referral.state().name()));
        };
    }

    private Answer answer(Call call, Referral referral) {
        return Answer.ok(lists.view(call.tx(), call.caller(), referral), referral.version());
    }
}
