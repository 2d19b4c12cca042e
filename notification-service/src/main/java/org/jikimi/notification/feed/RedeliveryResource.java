package org.jikimi.notification.feed;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.notification.subscription.Subscriptions;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jspecify.annotations.Nullable;

/** Sending events again to the caller's own webhooks. */
@Path("/api/v1/subscriptions/{id}/redelivery")
@Produces(MediaType.APPLICATION_JSON)
public class RedeliveryResource {
    private final Exchange exchange;
    private final Subscriptions subscriptions;
    private final Feeds feeds = new Feeds();
    private final FeedSignal signal;

    RedeliveryResource(Exchange exchange, Subscriptions subscriptions, FeedSignal signal) {
        this.exchange = exchange;
        this.subscriptions = subscriptions;
        this.signal = signal;
    }

    /**
     * Sends again what happened since an instant, in its order; needs {@code Idempotency-Key}. Receivers know repeats
     * by {@code webhook-id}. Errors: 404 for a subscription that is not the caller's; 422.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
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
    public Response again(@PathParam("id") UUID id, @Nullable RedeliveryRequest body) {
        var request = body == null ? new RedeliveryRequest(null) : body;
        return exchange.create("subscription.redeliver", request, Remember.A_DAY, call -> {
            var from = instant(request.from());
            if (from.isEmpty()) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", "from"));
            }
            var subscription = subscriptions.own(call.tx(), call.caller(), id);
            if (subscription.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            call.authorised();
            var mine = subscription.get().id();
            call.about("subscription", mine);
            int events = feeds.again(call.tx(), mine, from.get());
            signal.somethingIsPlanned();
            return Answer.accepted(
                    "/api/v1/deliveries?subscriptionId=" + mine, new RedeliveryView(mine, from.get(), events));
        });
    }

    private static Optional<Instant> instant(@Nullable String value) {
        try {
            return value == null ? Optional.empty() : Optional.of(Instant.parse(value));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
