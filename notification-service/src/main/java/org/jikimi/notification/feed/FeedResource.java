package org.jikimi.notification.feed;

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
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.notification.subscription.Subscription;
import org.jikimi.notification.subscription.Subscriptions;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jspecify.annotations.Nullable;

/** What became of the events sent to the caller's own webhooks, and sending them again. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public class FeedResource {
    private final Exchange exchange;
    private final Cursors cursors;
    private final Subscriptions subscriptions;
    private final Feeds feeds = new Feeds();
    private final FeedSignal signal;

    FeedResource(Exchange exchange, Cursors cursors, Subscriptions subscriptions, FeedSignal signal) {
        this.exchange = exchange;
        this.cursors = cursors;
        this.subscriptions = subscriptions;
        this.signal = signal;
    }

    /**
     * Lists the deliveries of a webhook, newest first. Errors: 404 for a subscription that is not the caller's; 422.
     *
     * @param subscriptionId the caller's subscription
     * @param limit 1 to 500, by default 50
     * @param cursor {@code next} of the page before
     */
    @GET
    @Path("/deliveries")
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
        "supervisor",
        "operator"
    })
    public Response list(
            @QueryParam("subscriptionId") @Nullable String subscriptionId,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("delivery.list", call -> {
            var subscription = own(call, subscriptionId);
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

    /**
     * Sends again what happened since an instant, in its order; needs {@code Idempotency-Key}. Receivers know repeats
     * by {@code webhook-id}. Errors: 404 for a subscription that is not the caller's; 422.
     */
    @POST
    @Path("/subscriptions/{id}/redelivery")
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
        "supervisor",
        "operator"
    })
    public Response again(@PathParam("id") String id, @Nullable RedeliveryRequest body) {
        var request = body == null ? new RedeliveryRequest(null) : body;
        return exchange.create("subscription.redeliver", request, Remember.A_DAY, call -> {
            var from = instant(request.from());
            if (from.isEmpty()) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", "from"));
            }
            var subscription = own(call, id);
            if (subscription.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            var mine = subscription.get().id();
            call.about("subscription", mine);
            int events = feeds.again(call.tx(), mine, from.get());
            signal.somethingIsPlanned();
            return Answer.accepted(
                    "/api/v1/deliveries?subscriptionId=" + mine, new RedeliveryView(mine, from.get(), events));
        });
    }

    private Optional<Subscription> own(Call call, @Nullable String id) {
        try {
            return id == null
                    ? Optional.empty()
                    : subscriptions
                            .find(call.tx(), UUID.fromString(id))
                            .filter(found ->
                                    found.principal().equals(call.caller().principal()));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instant(@Nullable String value) {
        try {
            return value == null ? Optional.empty() : Optional.of(Instant.parse(value));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
