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
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jikimi.runtime.time.Seoul;
import org.jikimi.screening.flag.WithdrawFlags;
import org.jikimi.screening.reference.Districts;
import org.jikimi.screening.registry.CorrectChild;
import org.jikimi.screening.rights.RightsBodies.DecisionBody;
import org.jikimi.screening.rights.RightsBodies.Deferral;
import org.jikimi.screening.rights.RightsBodies.Registration;
import org.jikimi.screening.rights.RightsRequest.Decision;
import org.jikimi.screening.rights.RightsRequest.Step;
import org.jikimi.screening.signal.ActOnSignals;
import org.jikimi.screening.signal.Aliases;
import org.jspecify.annotations.Nullable;

/**
 * Requests of a child, or of who represents it, for access 열람, correction 정정, and objection to or explanation of the
 * automated part 자동화된 결정에 대한 거부·설명. An officer of the district registers what came in writing, a supervisor
 * decides, an officer hands the answer over. What it rests on in law: docs/adr/0020.
 */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RightsResource {
    private static final String OFFICER = "dong-officer";
    private static final String SUPERVISOR = "supervisor";
    private static final String PURPOSE = "DATA_SUBJECT_REQUEST";

    private final Exchange exchange;
    private final Cursors cursors;
    private final SubjectKeys keys;
    private final RightsClock clock;
    private final ComposeAnswer compose;
    private final ActOnSignals act;
    private final RightsRequests requests = new RightsRequests();
    private final SourceCorrections corrections = new SourceCorrections();

    RightsResource(
            Exchange exchange,
            Cursors cursors,
            SubjectKeys keys,
            RightsClock clock,
            ComposeAnswer compose,
            ActOnSignals act) {
        this.exchange = exchange;
        this.cursors = cursors;
        this.keys = keys;
        this.clock = clock;
        this.compose = compose;
        this.act = act;
    }

    /**
     * Registers a request; needs {@code Idempotency-Key}. Its period runs from the day it came in: ten days for access and
     * correction, thirty for an objection. Errors: 403 other district; 404; 422.
     */
    @POST
    @Path("children/{id}/rights-requests")
    @RolesAllowed({OFFICER, SUPERVISOR})
    public Response register(@PathParam("id") UUID id, Registration body) {
        return exchange.create("rights-request.register", body, Remember.FOR_EVER, call -> {
            KeyLocks.lock(call.tx(), List.of(id.toString())); // it may be erased before or after, not meanwhile
            mine(call, id);
            call.authorised();
            var kind = body.checkedKind();
            var received = body.checkedDay(Seoul.dateOf(call.now()));
            var request = new RightsRequest(
                    EventIds.next(),
                    1,
                    id, // not the child's that survives: at a split the request goes with its own
                    kind,
                    body.checkedRequester(),
                    body.checkedIdentity(),
                    body.checkedRepresentation(),
                    received,
                    kind.dueOn(received),
                    0,
                    null,
                    false,
                    call.caller().principal(),
                    call.now(),
                    null);
            var wording = body.checkedText().getBytes(StandardCharsets.UTF_8);
            requests.add(call.tx(), request, seal(call, request, wording, wordingContext(request.id())));
            clock.set(call.tx(), request);
            call.about("rights-request", request.id());
            return Answer.created(
                    "/api/v1/rights-requests/" + request.id(),
                    RightsRequestView.of(request, Seoul.dateOf(call.now()), null, null),
                    1);
        });
    }

    /**
     * Lists the requests about a child, the first due first, without what was written. Errors: 400; 403 other district;
     * 404.
     */
    @GET
    @Path("children/{id}/rights-requests")
    @RolesAllowed({OFFICER, SUPERVISOR})
    public Response ofChild(
            @PathParam("id") UUID id,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("rights-request.list", call -> page(call, mine(call, id), null, false, limit, cursor));
    }

    /**
     * Lists the requests about children who live in a district, the first due first, without what was written. Errors: 400;
     * 403 other district.
     *
     * @param open whether those alone that are not decided; all if absent
     */
    @GET
    @Path("rights-requests")
    @RolesAllowed({OFFICER, SUPERVISOR})
    public Response ofDistrict(
            @QueryParam("district") @Nullable String district,
            @QueryParam("open") @Nullable Boolean open,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("rights-request.list", call -> {
            if (district == null || !Districts.isDistrict(district)) {
                return Answer.refused(Problems.INVALID_PARAMETER.with("parameter", "district"));
            }
            call.requireDistrict(district);
            return page(call, null, district, Boolean.TRUE.equals(open), limit, cursor);
        });
    }

    private Answer page(
            Call call,
            @Nullable UUID child,
            @Nullable String district,
            boolean open,
            @Nullable Integer limit,
            @Nullable String cursor) {
        var filter = "rights-requests?child=" + child + "&district=" + district + "&open=" + open;
        var from = cursors.read(call.caller(), filter, limit, cursor);
        var after = from.atBeginning()
                ? RightsRequests.After.NOTHING
                : new RightsRequests.After(
                        LocalDate.parse(from.after().getFirst()),
                        UUID.fromString(from.after().getLast()));
        var today = Seoul.dateOf(call.now());
        var rows = requests.list(call.tx(), child, district, open, after, from.fetch()).stream()
                .map(request -> RightsRequestView.of(request, today, null, null))
                .toList();
        call.about("rights-requests", rows.size());
        return Answer.ok(cursors.page(
                from, rows, row -> List.of(row.dueOn().toString(), row.id().toString())));
    }

    /**
     * Shows a request with what was written; to a supervisor also what is known that endangers the child. Errors: 403 other
     * district; 404.
     */
    @GET
    @Path("rights-requests/{id}")
    @RolesAllowed({OFFICER, SUPERVISOR})
    public Response show(@PathParam("id") UUID id) {
        return exchange.read("rights-request.read", call -> {
            var request = mine(call, requests.find(call.tx(), id).orElse(null));
            return Answer.ok(view(call, request), request.version());
        });
    }

    /**
     * Puts the answer off, while its period still runs; who asked is told the reason. Access once, an objection twice, by up
     * to thirty days each; a correction never. Needs {@code If-Match}. Errors: 403 other district; 404; 409 {@code
     * rights-request-decided}, {@code rights-deferral-not-allowed}, {@code rights-deferral-too-late}; 412, 428; 422.
     */
    @POST
    @Path("rights-requests/{id}/deferrals")
    @RolesAllowed({OFFICER, SUPERVISOR})
    public Response defer(@PathParam("id") UUID id, Deferral body) {
        return exchange.change("rights-request.defer", body, call -> {
            var request = mine(call, requests.lock(call.tx(), id).orElse(null));
            call.requireVersion(request.version());
            var today = Seoul.dateOf(call.now());
            return switch (request.defer(body.checkedReason(), body.checkedDay(), today)) {
                case Step.Refused refused -> Answer.refused(RightsProblems.of(refused));
                case Step.Taken(var deferred) -> {
                    requests.deferred(call.tx(), deferred);
                    clock.set(call.tx(), deferred);
                    yield Answer.ok(RightsRequestView.of(deferred, today, null, null), deferred.version());
                }
            };
        });
    }

    /**
     * Decides a request, does what follows, and writes the answer. What is never told is withheld whatever is decided. A
     * correction applies to the registry at once, and asks the sources of signals; an objection that is upheld withdraws the
     * selections that nobody has been told of yet. Needs {@code If-Match}.
     * Errors: 403 other district, {@code second-person-needed} for who registered it; 404; 409 {@code
     * rights-request-decided}; 412, 428; 422.
     */
    @POST
    @Path("rights-requests/{id}/decision")
    @RolesAllowed(SUPERVISOR)
    public Response decide(@PathParam("id") UUID id, DecisionBody body) {
        return exchange.change("rights-request.decide", body, call -> {
            var request = mine(call, requests.lock(call.tx(), id).orElse(null));
            call.requireVersion(request.version());
            var child = Aliases.surviving(call.tx(), request.childId());
            var danger = KnownDanger.of(call.tx(), child, Seoul.dateOf(call.now()));
            var conflict = body.checkedConflict(request.requester());
            var decision = new Decision(
                    body.checkedOutcome(),
                    body.checkedGround(request.kind()),
                    body.checkedParts(request.kind()),
                    request.requester() == Requester.REPRESENTATIVE && (conflict || !danger.isEmpty()),
                    danger,
                    body.checkedFollowed(request.kind(), Seoul.dateOf(call.now())),
                    call.caller().principal(),
                    call.now());
            return switch (request.decide(decision)) {
                case Step.Refused refused -> Answer.refused(RightsProblems.of(refused));
                case Step.Taken(var decided) -> {
                    follow(call, decided, child, decision.followed());
                    var answer = compose.answer(call.tx(), decided, child, decision);
                    var sealed = seal(call, request, Json.write(answer), answerContext(id));
                    requests.decided(call.tx(), decided, child, decision, sealed);
                    clock.stop(call.tx(), decided);
                    yield Answer.ok(view(call, decided), decided.version());
                }
            };
        });
    }

    /** Does what a decision says, before the answer is written. */
    private void follow(Call call, RightsRequest request, UUID child, Followed followed) throws SQLException {
        if (followed.review() == Followed.Review.UPHELD) {
            WithdrawFlags.waiting(call.tx(), child, request.id());
        }
        if (followed.correct() != null) {
            CorrectChild.apply(call.tx(), keys, act, child, followed.correct());
            corrections.ask(
                    call.tx(), request.id(), SourceCorrections.REGISTER, null, null, "CORRECTED_HERE", call.now());
        }
        for (var claim : followed.ask()) {
            var source = corrections
                    .sourceOf(call.tx(), child, claim.signalId(), claim.bit())
                    .orElseThrow(() -> RightsBodies.invalid("ask"));
            corrections.ask(call.tx(), request.id(), source, claim.signalId(), claim.bit(), claim.code(), call.now());
        }
    }

    /**
     * The answer as it was written when the request was decided, to hand over; it says nothing of the grounds but the
     * article. Errors: 403 other district; 404; 409 {@code rights-request-not-decided}, {@code rights-answer-of-two} once a
     * child that it tells of proves to be another.
     */
    @GET
    @Path("rights-requests/{id}/answer")
    @RolesAllowed({OFFICER, SUPERVISOR})
    public Response answer(@PathParam("id") UUID id) {
        return exchange.read("rights-request.answer", call -> {
            var request = mine(call, requests.find(call.tx(), id).orElse(null));
            if (request.decision() == null) {
                return Answer.refused(RightsProblems.NOT_DECIDED);
            }
            if (!requests.isAnswerOfOne(call.tx(), id)) {
                return Answer.refused(RightsProblems.OF_TWO);
            }
            var sealed = requests.answer(call.tx(), id);
            return Answer.ok(Json.read(open(call, request, sealed, answerContext(id)), AnswerView.class));
        });
    }

    /** The surviving child of an id, if it lives where the caller may act. */
    private static UUID mine(Call call, UUID id) {
        call.about("child", id);
        call.purpose(PURPOSE);
        record Found(UUID id, String district) {}
        var child = Sql.on(call.tx())
                .createQuery("SELECT id, district_code FROM child WHERE id = surviving(:id)")
                .bind("id", id)
                .map((row, c) -> new Found(row.getObject(1, UUID.class), row.getString(2)))
                .findOne()
                .orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
        if (!child.id().equals(id)) {
            call.about("child", child.id());
        }
        call.requireDistrict(child.district());
        return child.id();
    }

    /** The request, if the child that it is about lives where the caller may act. */
    private static RightsRequest mine(Call call, @Nullable RightsRequest request) {
        if (request == null) {
            throw new ProblemException(Problems.NOT_FOUND);
        }
        mine(call, request.childId());
        call.about("rights-request", request.id());
        return request;
    }

    private RightsRequestView view(Call call, RightsRequest request) throws SQLException {
        var today = Seoul.dateOf(call.now());
        var sealed = requests.wording(call.tx(), request.id());
        var wording = open(call, request, sealed, wordingContext(request.id()));
        var review = call.caller().has(SUPERVISOR)
                ? RightsRequestView.review(
                        request,
                        KnownDanger.of(call.tx(), Aliases.surviving(call.tx(), request.childId()), today),
                        corrections.ofRequest(call.tx(), request.id()))
                : null;
        return RightsRequestView.of(request, today, new String(wording, StandardCharsets.UTF_8), review);
    }

    /** Under the key of the child, with which it is gone. */
    private byte[] seal(Call call, RightsRequest request, byte[] text, String context) throws SQLException {
        return keys.make(call.tx(), List.of(request.childId())).seal(request.childId(), text, context);
    }

    private byte[] open(Call call, RightsRequest request, byte[] sealed, String context) throws SQLException {
        return keys.of(call.tx(), List.of(request.childId())).open(request.childId(), sealed, context);
    }

    private static String wordingContext(UUID id) {
        return "rights-request:" + id;
    }

    private static String answerContext(UUID id) {
        return "rights-answer:" + id;
    }
}
