package org.jikimi.referral.agency;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jikimi.referral.access.Roles;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Page;

/** The catalogue of services: which needs each meets, and which kinds of agencies offer it. */
@Path("/api/v1/services")
@Produces(MediaType.APPLICATION_JSON)
public class ServiceResource {
    private final Exchange exchange;

    ServiceResource(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Lists all services. A need that none of them names is met by general case work. */
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
    public Response list() {
        return exchange.read(
                "service.list",
                call -> Answer.ok(new Page<>(
                        ServiceCatalogue.all().stream().map(ServiceView::of).toList(), null)));
    }
}
