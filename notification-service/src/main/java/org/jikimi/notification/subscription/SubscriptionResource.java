package org.jikimi.notification.subscription;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Remember;
import org.jspecify.annotations.Nullable;

/** Subscriptions of the caller: alerts by mail, events by signed webhook. */
@Path("/api/v1/subscriptions")
@Produces(MediaType.APPLICATION_JSON)
public class SubscriptionResource {
    private final Exchange exchange;
    private final Subscribe subscribe;
    private final Subscriptions subscriptions;

    SubscriptionResource(Exchange exchange, Subscribe subscribe, Subscriptions subscriptions) {
        this.exchange = exchange;
        this.subscribe = subscribe;
        this.subscriptions = subscriptions;
    }

    /** Lists the caller's own subscriptions. */
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
    public Response list() {
        return exchange.read("subscription.list", call -> {
            var mine = subscriptions.of(call.tx(), call.caller().principal());
            mine.forEach(subscription -> call.about("subscription", subscription.id()));
            return Answer.ok(
                    new SubscriptionList(mine.stream().map(SubscriptionView::of).toList(), null));
        });
    }

    /**
     * Subscribes; needs {@code Idempotency-Key}. A webhook is signed as Standard Webhooks has it; the child in it is a
     * pseudonym of this subscription's own. Errors: 403 for a district that is not the caller's; 422 for a channel,
     * address, URL (https to a public host), secret or event type that is not allowed.
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
    public Response create(@Nullable SubscribeRequest body) {
        var request = body == null ? SubscribeRequest.EMPTY : body;
        return exchange.create("subscription.create", request, Remember.A_DAY, call -> {
            var refusal = subscribe.refusal(call.caller(), request);
            if (refusal.isPresent()) {
                return Answer.refused(refusal.get());
            }
            call.authorised();
            var subscription = subscribe.subscribe(call.tx(), call.caller(), request, call.now());
            call.about("subscription", subscription.id());
            return Answer.created("/api/v1/subscriptions/" + subscription.id(), SubscriptionView.of(subscription), 1);
        });
    }
}
