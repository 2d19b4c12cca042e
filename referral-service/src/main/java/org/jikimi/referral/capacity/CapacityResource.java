package org.jikimi.referral.capacity;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jikimi.referral.access.Roles;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Exchange;

/** Where the next child protection agency, centre or shelter is needed. */
@Path("/api/v1/capacity")
@Produces(MediaType.APPLICATION_JSON)
public class CapacityResource {
    private final Exchange exchange;
    private final ShowCapacity capacity;

    CapacityResource(Exchange exchange, ShowCapacity capacity) {
        this.exchange = exchange;
        this.capacity = capacity;
    }

    /** Occupancy by district and kind, and unmet demand, now. Shelters by district for supervisors and operators alone. */
    @GET
    @RolesAllowed({Roles.ANALYST, Roles.SUPERVISOR, Roles.AUDITOR, Roles.OPERATOR})
    public Response get() {
        return exchange.read("capacity.read", call -> Answer.ok(capacity.show(call.tx(), call.caller())));
    }
}
