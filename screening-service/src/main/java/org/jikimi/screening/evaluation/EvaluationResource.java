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
import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.round.ReplayRound;
import org.jspecify.annotations.Nullable;

/** Whether a model would have been right. */
@Path("/api/v1/models/{version}/evaluation")
@Produces(MediaType.APPLICATION_JSON)
public class EvaluationResource {
    static final Problem NO_ROUND = Problem.of(
            "no-round-to-evaluate",
            409,
            "There is no screened quarterly round to evaluate it on",
            "평가할 수 있는 분기 발굴 차수가 없습니다");

    private final Exchange exchange;
    private final Models models = new Models();

    EvaluationResource(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Judges a past round by the model, proposed, active or retired, and holds the flags against what became known.
     * Errors: 404 no such version; 409 no screened quarterly round.
     *
     * @param round a screened quarterly round; the newest if absent
     */
    @GET
    @RolesAllowed({"analyst", "supervisor", "auditor"})
    public Response evaluate(@PathParam("version") String version, @QueryParam("round") @Nullable UUID round) {
        return exchange.read("model.evaluate", call -> {
            call.about("model", version);
            var model = models.find(call.tx(), version);
            if (model.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            var replay = ReplayRound.find(call.tx(), Optional.ofNullable(round));
            return replay.isEmpty()
                    ? Answer.refused(NO_ROUND)
                    : Answer.ok(EvaluateModel.evaluate(call.tx(), model.get().scorecard(), replay.get()));
        });
    }
}
