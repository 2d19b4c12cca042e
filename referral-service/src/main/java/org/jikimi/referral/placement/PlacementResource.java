package org.jikimi.referral.placement;

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
import java.util.ArrayList;
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
 * Places in shelters 쉼터. City staff see the children of their districts, a shelter its own; which shelter it is, only
 * supervisors and its staff see.
 */
@Path("/api/v1/placements")
@Produces(MediaType.APPLICATION_JSON)
public class PlacementResource {
    static final Problem ALREADY_PLACED =
            Problem.of("child-already-placed", 409, "The child has a place or waits for one", "이미 배정되었거나 대기 중인 아동입니다");
    static final Problem NOT_IN_STATE =
            Problem.of("placement-state-not-allowed", 409, "The placement is not in that state", "진행할 수 없는 배정 상태입니다");
    static final Problem NO_BED = Problem.of("no-bed", 409, "The shelter cannot take the child", "해당 쉼터에 배정할 수 없습니다");

    private final Exchange exchange;
    private final Cursors cursors;
    private final ListPlacements lists;
    private final PlaceChildren place;
    private final MovePlacement move;
    private final Exclusions exclusions;
    private final EraseChild erase;

    PlacementResource(
            Exchange exchange,
            Cursors cursors,
            ListPlacements lists,
            PlaceChildren place,
            MovePlacement move,
            Exclusions exclusions,
            EraseChild erase) {
        this.exchange = exchange;
        this.cursors = cursors;
        this.lists = lists;
        this.place = place;
        this.move = move;
        this.exclusions = exclusions;
        this.erase = erase;
    }

    /**
     * Lists placements, newest first; those who wait for a bed are {@code UNPLACED}.
     *
     * @param state one state alone
     * @param districtCode of one district
     * @param childId of one child
     * @param groupId of siblings
     * @param limit 1 to 500, by default 50
     * @param cursor {@code next} of the page before
     */
    @GET
    @RolesAllowed({Roles.INVESTIGATOR, Roles.SHELTER_STAFF, Roles.SUPERVISOR, Roles.AUDITOR})
    public Response list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("districtCode") @Nullable String districtCode,
            @QueryParam("childId") @Nullable UUID childId,
            @QueryParam("groupId") @Nullable UUID groupId,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("placement.list", call -> {
            var filter = new PlacementFilter(
                    Fields.oneOfOrNull("state", PlacementState.class, state),
                    Fields.districtOrNull("districtCode", districtCode),
                    childId,
                    groupId);
            var from = cursors.read(call.caller(), filter.name(), limit, cursor);
            var page = cursors.page(from, lists.list(call.tx(), call.caller(), filter, from), ListPlacements::position);
            page.items().forEach(placement -> call.about("placement", placement.id()));
            return Answer.ok(new Page<>(
                    page.items().stream()
                            .map(placement -> PlacementView.of(call.caller(), placement))
                            .toList(),
                    page.next()));
        });
    }

    /** Shows one placement. Errors: 403, 404. */
    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.INVESTIGATOR, Roles.SHELTER_STAFF, Roles.SUPERVISOR, Roles.AUDITOR})
    public Response get(@PathParam("id") UUID id) {
        return exchange.read("placement.read", call -> {
            var found = lists.find(call.tx(), id);
            if (found.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            var placement = found.get();
            call.about("placement", placement.id());
            var refusal = RowScope.refusalToSee(call.caller(), placement.districtCode(), placement.shelterId());
            return refusal.isPresent() ? Answer.refused(refusal.get()) : answer(call, placement);
        });
    }

    /**
     * Holds beds for a child and its siblings while it is decided whether they need them; without a bed they wait.
     * Needs {@code Idempotency-Key}. Errors: 403 of another district; 409 if the child has a place already,
     * {@code child-erased} if it or a sibling was; 422.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.INVESTIGATOR, Roles.SUPERVISOR})
    public Response create(@Nullable PlacementRequest body) {
        var request = body == null ? PlacementRequest.EMPTY : body;
        return exchange.create("placement.hold", request, Remember.FOR_EVER, call -> {
            var group = EventIds.next();
            var child = Fields.uuid("childId", request.childId());
            var children = new ArrayList<>(Fields.uuids("siblingIds", request.siblingIds()));
            children.addFirst(child);
            var excluded = Fields.uuids("excludedAgencyIds", request.excludedAgencyIds());
            var correlation = Fields.uuidOrNull("correlationId", request.correlationId());
            var need = new Need(
                    group,
                    children,
                    Fields.district("districtCode", request.districtCode()),
                    null,
                    correlation == null ? group : correlation);
            children.forEach(one -> call.about("child", one));
            call.requireDistrict(need.districtCode());
            call.authorised();
            var refusal = erase.refusal(call.tx(), need.children());
            if (refusal.isPresent()) {
                return Answer.refused(refusal.get());
            }
            for (var one : need.children()) {
                exclusions.add(call.tx(), one, excluded);
            }
            return place.hold(call.tx(), need, child)
                    .map(placement -> created(call, placement))
                    .orElseGet(() -> Answer.refused(ALREADY_PLACED));
        });
    }

    /**
     * Reserves the bed that is held, or for a child who waits one in the shelter that a supervisor names; needs
     * {@code If-Match}. Errors: 403, 404; 409 if neither is so or the shelter cannot take the child; 412, 422, 428.
     */
    @POST
    @Path("/{id}/reservation")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.INVESTIGATOR, Roles.SUPERVISOR})
    public Response reserve(@PathParam("id") UUID id, @Nullable ReservationRequest body) {
        var request = body == null ? ReservationRequest.EMPTY : body;
        return act("placement.reserve", id, request, PlacementResource::byDistrict, (call, placement) -> {
            var shelter = Fields.uuidOrNull("agencyId", request.agencyId());
            if (shelter == null) {
                return move.confirm(call.tx(), placement);
            }
            if (!call.caller().has(Roles.SUPERVISOR)) {
                return new MovePlacement.Result.NotAllowed(placement);
            }
            return move.reserveIn(call.tx(), placement, shelter);
        });
    }

    /** The shelter takes the child in; needs {@code If-Match}. Errors: 403, 404; 409 if it is not reserved; 412, 428. */
    @POST
    @Path("/{id}/admission")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.SHELTER_STAFF})
    public Response admit(@PathParam("id") UUID id, @Nullable NoFields body) {
        return act(
                "placement.admit",
                id,
                NoFields.EMPTY,
                PlacementResource::ownShelter,
                (call, placement) -> move.admit(call.tx(), placement));
    }

    /**
     * Ends the stay, the reservation or the wait; needs {@code If-Match}. Errors: 403, 404; 409 if it has ended; 412,
     * 422, 428.
     */
    @POST
    @Path("/{id}/discharge")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.SHELTER_STAFF, Roles.INVESTIGATOR, Roles.SUPERVISOR})
    public Response discharge(@PathParam("id") UUID id, @Nullable DischargeRequest body) {
        var request = body == null ? DischargeRequest.EMPTY : body;
        return act("placement.discharge", id, request, PlacementResource::whoSees, (call, placement) -> {
            var reason = Fields.oneOf("reason", EndReason.class, request.reason());
            return move.discharge(call.tx(), placement, reason);
        });
    }

    @FunctionalInterface
    private interface Scope {
        Optional<Problem> refusal(Caller caller, Placement placement);
    }

    @FunctionalInterface
    private interface Act {
        MovePlacement.Result on(Call call, Placement placement) throws SQLException;
    }

    private static Optional<Problem> byDistrict(Caller caller, Placement placement) {
        return RowScope.refusalToActIn(caller, placement.districtCode());
    }

    private static Optional<Problem> ownShelter(Caller caller, Placement placement) {
        return RowScope.refusalToActFor(caller, placement.shelterId());
    }

    private static Optional<Problem> whoSees(Caller caller, Placement placement) {
        return RowScope.refusalToSee(caller, placement.districtCode(), placement.shelterId());
    }

    private Response act(String action, UUID id, Object body, Scope scope, Act act) {
        return exchange.change(action, body, call -> {
            var found = lists.lock(call.tx(), id);
            if (found.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            var placement = found.get();
            call.about("placement", placement.id());
            var refusal = scope.refusal(call.caller(), placement);
            if (refusal.isPresent()) {
                return Answer.refused(refusal.get());
            }
            call.requireVersion(placement.version());
            return switch (act.on(call, placement)) {
                case MovePlacement.Result.Moved(var moved) -> answer(call, moved);
                case MovePlacement.Result.NotAllowed(var same) ->
                    Answer.refused(NOT_IN_STATE.with("state", same.state().name()));
                case MovePlacement.Result.NoBed(var same) -> Answer.refused(NO_BED);
            };
        });
    }

    private static Answer created(Call call, Placement placement) {
        return Answer.created(
                "/api/v1/placements/" + placement.id(),
                PlacementView.of(call.caller(), placement),
                placement.version());
    }

    private static Answer answer(Call call, Placement placement) {
        return Answer.ok(PlacementView.of(call.caller(), placement), placement.version());
    }
}
