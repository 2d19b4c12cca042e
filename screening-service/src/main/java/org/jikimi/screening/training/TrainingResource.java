package org.jikimi.screening.training;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.ScorecardDocument;
import org.jspecify.annotations.Nullable;

/** Learning of challengers. */
@Path("/api/v1/models/trainings")
@Produces(MediaType.APPLICATION_JSON)
public class TrainingResource {
    private static final int MOST_ROUNDS = 24;
    private static final double USUAL_REGULARISATION = 1;
    private static final double LEAST_REGULARISATION = 1e-4;
    private static final double MOST_REGULARISATION = 1e4;

    private final Exchange exchange;
    private final TrainChallenger challengers = new TrainChallenger();
    private final Models models = new Models();

    TrainingResource(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * What to learn.
     *
     * @param version name of the challenger: 1 to 40 of a-z, 0-9, '.' and '-'
     * @param rounds 1 to 24 rounds, each tracked or closed
     * @param regularisation {@code C}, 0.0001 to 10000: the less, the nearer all points are to none; 1 if absent
     */
    public record TrainingRequest(
            @Nullable String version,
            @Nullable List<@Nullable UUID> rounds,
            @Nullable Double regularisation) {
        Optional<String> fault() {
            if (version == null || !ScorecardDocument.isVersion(version)) {
                return Optional.of("version");
            }
            if (rounds == null
                    || rounds.isEmpty()
                    || rounds.size() > MOST_ROUNDS
                    || rounds.stream().anyMatch(round -> round == null)
                    || new HashSet<>(rounds).size() < rounds.size()) {
                return Optional.of("rounds");
            }
            return regularisation == null
                            || (regularisation >= LEAST_REGULARISATION && regularisation <= MOST_REGULARISATION)
                    ? Optional.empty()
                    : Optional.of("regularisation");
        }
    }

    /** The version, proposed, and from what it was learned. */
    public record TrainingView(String version, String state, ScorecardDocument scorecard, Training training) {}

    /**
     * Learns a challenger from what visits found, and proposes it; needs {@code Idempotency-Key}. The same outcomes give
     * the same points. Takes seconds. Errors: 400 without a key; 409 the version exists, a round is not under way or closed
     * ({@code round-state}), too few visits found need or found none, or nothing raised the odds; 422 a field is not as it
     * must be, or there is no such round.
     */
    @POST
    @RolesAllowed("analyst")
    public Response train(TrainingRequest request) {
        return exchange.create("model.train", request, Remember.A_DAY, call -> {
            call.authorised();
            var fault = request.fault();
            if (fault.isPresent()) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", fault.get()));
            }
            var version = String.valueOf(request.version());
            call.about("model", version);
            var asked = new TrainChallenger.Asked(
                    version,
                    Objects.requireNonNull(request.rounds()).stream()
                            .map(Objects::requireNonNull)
                            .toList(),
                    Objects.requireNonNullElse(request.regularisation(), USUAL_REGULARISATION));
            return switch (challengers.train(call.tx(), asked, call.caller().principal(), call.now())) {
                case TrainChallenger.Result.Proposed(var scorecard, var training) ->
                    Answer.created(
                            "/api/v1/models/" + version,
                            new TrainingView(version, "PROPOSED", scorecard, training),
                            models.revision(call.tx()));
                case TrainChallenger.Result.Refused(var problem) -> Answer.refused(problem);
            };
        });
    }
}
