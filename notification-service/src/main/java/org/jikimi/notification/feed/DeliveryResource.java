package org.jikimi.notification.feed;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jikimi.notification.subscription.Subscriptions;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Problems;
import org.jspecify.annotations.Nullable;

/** What became of the events sent to the caller's own webhooks. */
@Path("/api/v1/deliveries")
@Produces(MediaType.APPLICATION_JSON)
public class DeliveryResource {
    private final Exchange exchange;
    private final Cursors cursors;
    private final Subscriptions subscriptions;
    private final Feeds feeds = new Feeds();

    DeliveryResource(Exchange exchange, Cursors cursors, Subscriptions subscriptions) {
        this.exchange = exchange;
        this.cursors = cursors;
        this.subscriptions = subscriptions;
    }

    /**
     * Lists the deliveries of a webhook, newest first. Errors: 404 for a subscription that is not the caller's; 422.
     *
     * @param subscriptionId the caller's subscription
     * @param limit 1 to 500, by default 50
     * @param cursor {@code next} of the page before
     */
    @GET
    @RolesAllowed({
        "dong-officer",
        "abuse-investigator",
        "case-manager",
        "shelter-staff",
        "police",
        "medical",
        "school",
        "welfare-provider",
        "coaching-provider",
        "analyst",
        "supervisor",
        "operator"
    })
    public Response list(
            @QueryParam("subscriptionId") @Nullable UUID subscriptionId,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("delivery.list", call -> {
            var subscription = subscriptions.own(call.tx(), call.caller(), subscriptionId);
            if (subscription.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            var id = subscription.get().id();
            call.about("subscription", id);
            var from = cursors.read(call.caller(), "deliveries?subscriptionId=" + id, limit, cursor);
            long before = from.atBeginning()
                    ? Long.MAX_VALUE
                    : Long.parseLong(from.after().getFirst());
            var rows = feeds.of(call.tx(), id, from.fetch(), before);
            return Answer.ok(cursors.page(from, rows, row -> List.of(Long.toString(row.seq()))));
        });
    }
}
