package org.jikimi.screening.evaluation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.round.ReplayRound;
import org.jikimi.screening.training.Trainings;
import org.jspecify.annotations.Nullable;

/** What is to be known of a model. */
@Path("/api/v1/models/{version}/card")
@Produces(MediaType.APPLICATION_JSON)
public class ModelCardResource {
    private final Exchange exchange;
    private final Models models = new Models();
    private final Trainings trainings = new Trainings();

    ModelCardResource(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * The card of a version, made anew from what is known now. Errors: 404 no such version or round.
     *
     * @param round a screened quarterly round to evaluate it on; the newest if absent, and no evaluation if there is none
     */
    @GET
    @RolesAllowed({"analyst", "supervisor", "auditor"})
    public Response card(@PathParam("version") String version, @QueryParam("round") @Nullable UUID round) {
        return exchange.read("model.card", call -> {
            call.about("model", version);
            models.offerShipped(call.tx(), call.now());
            var model = models.find(call.tx(), version);
            var replay = ReplayRound.find(call.tx(), Optional.ofNullable(round));
            if (model.isEmpty() || (round != null && replay.isEmpty())) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            return Answer.ok(ModelCard.of(
                    model.get(),
                    trainings.find(call.tx(), version).orElse(null),
                    replay.isEmpty()
                            ? null
                            : EvaluateModel.evaluate(call.tx(), model.get().scorecard(), replay.get())));
        });
    }
}
