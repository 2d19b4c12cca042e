package org.jikimi.referral.agency;

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
import org.jikimi.referral.access.Roles;
import org.jikimi.referral.access.RowScope;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Page;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jikimi.runtime.security.Caller;
import org.jikimi.runtime.time.Times;
import org.jspecify.annotations.Nullable;

/**
 * The directory of agencies. Shelters are undisclosed: to everybody but supervisors, operators and their own staff they
 * are a kind and a district.
 */
@Path("/api/v1/agencies")
@Produces(MediaType.APPLICATION_JSON)
public class AgencyResource {
    static final Problem AGENCY_EXISTS =
            Problem.of("agency-exists", 409, "There is an agency with this id", "이미 등록된 기관입니다");
    static final Problem STATE_NOT_ALLOWED =
            Problem.of("agency-state-not-allowed", 409, "The agency cannot go to this state", "변경할 수 없는 기관 상태입니다");
    private static final String BEFORE_ALL = new UUID(0, 0).toString();

    private final Exchange exchange;
    private final Cursors cursors;
    private final AgencyDirectory directory;
    private final RegisterAgency register;
    private final ChangeAgency change;
    private final Times times;
    private final Agencies agencies = new Agencies();

    AgencyResource(
            Exchange exchange,
            Cursors cursors,
            AgencyDirectory directory,
            RegisterAgency register,
            ChangeAgency change,
            Times times) {
        this.exchange = exchange;
        this.cursors = cursors;
        this.directory = directory;
        this.register = register;
        this.change = change;
        this.times = times;
    }

    /**
     * Lists agencies by id.
     *
     * @param kind one kind alone
     * @param districtCode those that serve the district
     * @param limit 1 to 500, by default 50
     * @param cursor {@code next} of the page before
     */
    @GET
    @RolesAllowed({
        Roles.DONG_OFFICER,
        Roles.INVESTIGATOR,
        Roles.CASE_MANAGER,
        Roles.SHELTER_STAFF,
        Roles.WELFARE_PROVIDER,
        Roles.COACHING_PROVIDER,
        Roles.MEDICAL,
        Roles.SCHOOL,
        Roles.POLICE,
        Roles.ANALYST,
        Roles.SUPERVISOR,
        Roles.AUDITOR,
        Roles.OPERATOR
    })
    public Response list(
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("districtCode") @Nullable String districtCode,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("agency.list", call -> {
            var filter = new AgencyFilter(
                    Fields.oneOfOrNull("kind", AgencyKind.class, kind),
                    Fields.districtOrNull("districtCode", districtCode));
            var from = cursors.read(call.caller(), filter.name(), limit, cursor);
            var after = from.atBeginning() ? BEFORE_ALL : from.after().getFirst();
            var page = cursors.page(
                    from,
                    agencies.page(call.tx(), filter, after, from.fetch(), times.today()),
                    agency -> List.of(agency.id().toString()));
            return Answer.ok(new Page<>(
                    page.items().stream()
                            .map(agency -> view(call.caller(), agency))
                            .toList(),
                    page.next()));
        });
    }

    /** Shows one agency. Errors: 404. */
    @GET
    @Path("/{id}")
    @RolesAllowed({
        Roles.DONG_OFFICER,
        Roles.INVESTIGATOR,
        Roles.CASE_MANAGER,
        Roles.SHELTER_STAFF,
        Roles.WELFARE_PROVIDER,
        Roles.COACHING_PROVIDER,
        Roles.MEDICAL,
        Roles.SCHOOL,
        Roles.POLICE,
        Roles.ANALYST,
        Roles.SUPERVISOR,
        Roles.AUDITOR,
        Roles.OPERATOR
    })
    public Response get(@PathParam("id") UUID id) {
        return exchange.read("agency.read", call -> {
            var agency = directory.find(call.tx(), id);
            if (agency.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            call.about("agency", agency.get().id());
            return answer(call, agency.get());
        });
    }

    /**
     * Registers an agency; needs {@code Idempotency-Key}. Errors: 409 if the id is taken; 422 for a field that is not
     * allowed, such as a service that agencies of the kind do not offer.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.OPERATOR, Roles.SUPERVISOR})
    public Response create(@Nullable AgencyRequest body) {
        var request = body == null ? AgencyRequest.EMPTY : body;
        return exchange.create("agency.register", request, Remember.FOR_EVER, call -> {
            call.authorised();
            var wanted = AgencyBodies.agency(request);
            call.about("agency", wanted.id());
            return switch (register.register(call.tx(), wanted)) {
                case RegisterAgency.Result.Registered(var agency) ->
                    Answer.created("/api/v1/agencies/" + agency.id(), AgencyView.of(agency), agency.version());
                case RegisterAgency.Result.Exists() -> Answer.refused(AGENCY_EXISTS);
            };
        });
    }

    /**
     * Opens, renovates or closes an agency; needs {@code If-Match}. What it holds stays with it. Errors: 404; 409 if it
     * cannot go to that state; 412, 428.
     */
    @POST
    @Path("/{id}/status")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.OPERATOR, Roles.SUPERVISOR})
    public Response status(@PathParam("id") UUID id, @Nullable StatusRequest body) {
        var request = body == null ? StatusRequest.EMPTY : body;
        return exchange.change("agency.status", request, call -> {
            var next = Fields.oneOf("state", AgencyState.class, request.state());
            var agency = lock(call, id);
            if (agency.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            return switch (change.status(call.tx(), agency.get(), next)) {
                case ChangeAgency.Result.Changed(var changed) -> answer(call, changed);
                case ChangeAgency.Result.NotAllowed(var was, var wanted) ->
                    Answer.refused(STATE_NOT_ALLOWED.with("from", was.name()).with("to", wanted.name()));
            };
        });
    }

    /**
     * Sets how many children an agency takes from a day on; needs {@code If-Match}. Errors: 404, 412, 422 as at
     * registration, 428.
     */
    @POST
    @Path("/{id}/capacity")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.OPERATOR, Roles.SUPERVISOR})
    public Response capacity(@PathParam("id") UUID id, @Nullable CapacityRequest body) {
        var request = body == null ? CapacityRequest.EMPTY : body;
        return exchange.change("agency.capacity", request, call -> {
            var agency = lock(call, id);
            if (agency.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            var places = AgencyBodies.places(agency.get().kind(), request.services(), request.beds());
            var from = AgencyBodies.from(request.validFrom(), times.today());
            return answer(call, change.places(call.tx(), agency.get(), from, places));
        });
    }

    private Optional<Agency> lock(Call call, UUID id) throws SQLException {
        var agency = directory.lock(call.tx(), id);
        if (agency.isPresent()) {
            call.about("agency", agency.get().id());
            call.requireVersion(agency.get().version());
        }
        return agency;
    }

    private static Answer answer(Call call, Agency agency) {
        return Answer.ok(view(call.caller(), agency), agency.version());
    }

    private static AgencyView view(Caller caller, Agency agency) {
        return agency.kind() != AgencyKind.SHELTER || RowScope.knowsShelter(caller, agency.id())
                ? AgencyView.of(agency)
                : AgencyView.undisclosed(agency);
    }
}
