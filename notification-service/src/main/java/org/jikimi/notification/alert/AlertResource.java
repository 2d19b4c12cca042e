package org.jikimi.notification.alert;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jikimi.notification.delivery.ShowDeliveries;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Page;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.rest.Problems;
import org.jspecify.annotations.Nullable;

/** Alerts: who must act, by when. A caller sees those to the caller's role, district and agency. */
@Path("/api/v1/alerts")
@Produces(MediaType.APPLICATION_JSON)
public class AlertResource {
    static final Problem ALERT_NOT_OPEN =
            Problem.of("alert-not-open", 409, "The alert was acknowledged or settled before", "이미 확인되었거나 종결된 알림입니다");

    private final Exchange exchange;
    private final Cursors cursors;
    private final AcknowledgeAlert acknowledge;
    private final ListAlerts lists;
    private final ShowDeliveries deliveries;

    AlertResource(
            Exchange exchange,
            Cursors cursors,
            AcknowledgeAlert acknowledge,
            ListAlerts lists,
            ShowDeliveries deliveries) {
        this.exchange = exchange;
        this.cursors = cursors;
        this.acknowledge = acknowledge;
        this.lists = lists;
        this.deliveries = deliveries;
    }

    /**
     * Lists alerts, newest first.
     *
     * @param state {@code RAISED}, {@code ACKNOWLEDGED}, {@code ESCALATED} or {@code CLOSED}; all if absent
     * @param kind one kind alone
     * @param correlationId those of one flag or report
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
        "auditor",
        "operator"
    })
    public Response list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("correlationId") @Nullable UUID correlationId,
            @QueryParam("districtCode") @Nullable String districtCode,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("alert.list", call -> {
            var filter = AlertFilter.of(state, kind, correlationId, districtCode);
            var from = cursors.read(call.caller(), filter.name(), limit, cursor);
            var page = cursors.page(from, lists.list(call.tx(), call.caller(), filter, from), ListAlerts::position);
            page.items().forEach(alert -> call.about("alert", alert.id()));
            return Answer.ok(new Page<>(views(call, page.items()), page.next()));
        });
    }

    /** Shows one alert. Errors: 403 of another district, agency or role; 404. */
    @GET
    @Path("/{id}")
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
        "auditor",
        "operator"
    })
    public Response get(@PathParam("id") UUID id) {
        return exchange.read("alert.read", call -> {
            var alert = lists.find(call.tx(), id);
            if (alert.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            call.about("alert", alert.get().id());
            var refusal = AlertScope.refusalToSee(call.caller(), alert.get());
            return refusal.isPresent() ? Answer.refused(refusal.get()) : answer(call, alert.get());
        });
    }

    /**
     * Takes an alert on; needs {@code If-Match} and no body. Errors: 403 of another district, agency or role; 404; 409
     * if it was acknowledged or settled before; 412, 428.
     */
    @POST
    @Path("/{id}/acknowledgement")
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
        "auditor",
        "operator"
    })
    public Response acknowledge(@PathParam("id") UUID id) {
        return exchange.change("alert.acknowledge", call -> {
            var found = acknowledge.lock(call.tx(), id);
            if (found.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            var alert = found.get();
            call.about("alert", alert.id());
            var refusal = AlertScope.refusalToAct(call.caller(), alert);
            if (refusal.isPresent()) {
                return Answer.refused(refusal.get());
            }
            call.requireVersion(alert.version());
            return switch (acknowledge.acknowledge(call.tx(), alert, AlertScope.actsAs(call.caller(), alert))) {
                case AcknowledgeAlert.Result.Acknowledged done -> answer(call, done.alert());
                case AcknowledgeAlert.Result.NotOpen before ->
                    Answer.refused(
                            ALERT_NOT_OPEN.with("state", before.alert().state().name()));
            };
        });
    }

    private Answer answer(Call call, Alert alert) {
        return Answer.ok(views(call, List.of(alert)).getFirst(), alert.version());
    }

    private List<AlertView> views(Call call, List<Alert> alerts) {
        var byAlert =
                deliveries.ofAlerts(call.tx(), alerts.stream().map(Alert::id).toList());
        return alerts.stream()
                .map(alert -> AlertView.of(alert, byAlert.getOrDefault(alert.id(), List.of())))
                .toList();
    }
}
