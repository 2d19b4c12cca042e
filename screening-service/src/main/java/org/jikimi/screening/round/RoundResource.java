package org.jikimi.screening.round;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Page;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.round.model.CancelReason;
import org.jikimi.screening.round.model.Composition;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.round.model.RoundState;
import org.jikimi.screening.round.model.Rounds;
import org.jspecify.annotations.Nullable;

/**
 * Screening rounds. Opening and screening answer 202 and go on in the background: the round shows {@code work} until it
 * is done.
 */
@Path("/api/v1/rounds")
@Produces(MediaType.APPLICATION_JSON)
public class RoundResource {
    private final Exchange exchange;
    private final PlanRound plan;
    private final OrderWork order;
    private final CloseRound close;
    private final CancelRound cancel;
    private final PreviewRound preview;
    private final Cursors cursors;
    private final Times times;
    private final Rounds rounds = new Rounds();

    RoundResource(
            Exchange exchange,
            PlanRound plan,
            PreviewRound preview,
            OrderWork order,
            CloseRound close,
            CancelRound cancel,
            Cursors cursors,
            Times times) {
        this.exchange = exchange;
        this.plan = plan;
        this.order = order;
        this.close = close;
        this.cancel = cancel;
        this.preview = preview;
        this.cursors = cursors;
        this.times = times;
    }

    /**
     * A round to plan.
     *
     * @param programme code of {@code programmes.csv}
     * @param asOf day on which inputs are judged; today if absent
     * @param composition whom to choose; of {@code UNDER_TWO_INVESTIGATION} alone
     */
    public record PlanRequest(
            @Nullable String programme,
            @Nullable String asOf,
            @Nullable Composition composition) {}

    /** Plans a round. Errors: 422 unknown programme, no date, or a composition that is not as it must be. */
    @POST
    @RolesAllowed({"analyst", "supervisor"})
    public Response plan(PlanRequest request) {
        return exchange.create("round.plan", request, Remember.A_DAY, call -> {
            call.authorised();
            var programme = Programme.of(String.valueOf(request.programme()));
            if (programme.isEmpty()) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", "programme"));
            }
            LocalDate asOf;
            try {
                asOf = request.asOf() == null ? times.today() : LocalDate.parse(request.asOf());
            } catch (DateTimeParseException e) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", "asOf"));
            }
            if (asOf.getYear() < 2000 || asOf.getYear() > 2080) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", "asOf"));
            }
            var asked = new Round.Plan(programme.get(), asOf, request.composition());
            var fault = fault(asked);
            if (fault.isPresent()) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", fault.get()));
            }
            var round = plan.plan(call.tx(), asked);
            call.about("round", round.id());
            return Answer.created("/api/v1/rounds/" + round.id(), RoundView.of(round), round.version());
        });
    }

    /**
     * Composes a planned investigation otherwise; with the opening its composition is frozen. Needs If-Match. Errors: 409
     * unless planned, 422.
     */
    @POST
    @Path("{id}/composition")
    @RolesAllowed({"analyst", "supervisor"})
    public Response compose(@PathParam("id") UUID id, Composition composition) {
        return exchange.change("round.compose", composition, call -> {
            var round = current(call, id);
            if (round.state() != RoundState.PLANNED) {
                return Answer.refused(
                        RoundProblems.WRONG_STATE.with("state", round.state().name()));
            }
            var asked = new Round.Plan(round.plan().programme(), round.plan().asOf(), composition);
            var fault = fault(asked);
            if (fault.isPresent()) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", fault.get()));
            }
            var composed = round.replanned(asked);
            if (round.work() != null || !rounds.save(call.tx(), composed)) {
                return Answer.refused(RoundProblems.AT_WORK);
            }
            return Answer.ok(RoundView.of(composed), composed.version());
        });
    }

    /** Counts by district whom the round would select if it opened now; nothing is frozen. Errors: 409 unless planned. */
    @GET
    @Path("{id}/preview")
    @RolesAllowed({"analyst", "supervisor"})
    public Response preview(@PathParam("id") UUID id) {
        return exchange.read("round.preview", call -> {
            var round = find(call, id);
            return round.state() == RoundState.PLANNED
                    ? Answer.ok(preview.preview(call.tx(), round))
                    : Answer.refused(RoundProblems.WRONG_STATE.with(
                            "state", round.state().name()));
        });
    }

    private static Optional<String> fault(Round.Plan plan) {
        var composition = plan.composition();
        if (composition == null) {
            return Optional.empty();
        }
        return plan.programme().isComposed()
                ? composition.fault().map(field -> "composition." + field)
                : Optional.of("composition");
    }

    /**
     * Lists rounds, newest first. Errors: 400 unknown programme.
     *
     * @param programme code of {@code programmes.csv}; all if absent
     */
    @GET
    @RolesAllowed({"analyst", "supervisor", "auditor", "operator", "dong-officer"})
    public Response list(
            @QueryParam("programme") @Nullable String programme,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("round.list", call -> {
            var of = programme == null
                    ? null
                    : Programme.of(programme)
                            .orElseThrow(() ->
                                    new ProblemException(Problems.INVALID_PARAMETER.with("parameter", "programme")));
            var place = cursors.read(call.caller(), "rounds?programme=" + programme, limit, cursor);
            var before =
                    place.atBeginning() ? null : UUID.fromString(place.after().getFirst());
            var page = cursors.page(
                    place,
                    rounds.page(call.tx(), of, before, place.fetch()),
                    round -> List.of(round.id().toString()));
            return Answer.ok(new Page<>(page.items().stream().map(RoundView::of).toList(), page.next()));
        });
    }

    /** Shows a round, and how far it is. */
    @GET
    @Path("{id}")
    @RolesAllowed({"analyst", "supervisor", "auditor", "operator", "dong-officer"})
    public Response show(@PathParam("id") UUID id) {
        return exchange.read("round.read", call -> {
            var round = find(call, id);
            return Answer.ok(RoundView.of(round), round.version());
        });
    }

    /** Freezes all inputs. Needs If-Match; answers 202. Errors: 409 unless planned, or if its day has not come. */
    @POST
    @Path("{id}/opening")
    @RolesAllowed({"analyst", "supervisor"})
    public Response open(@PathParam("id") UUID id) {
        return exchange.change("round.open", id, call -> {
            var round = current(call, id);
            return accepted(order.opening(call.tx(), round));
        });
    }

    /** Scores, ranks, cuts and flags. Needs If-Match; answers 202. Errors: 409 unless opened. */
    @POST
    @Path("{id}/screening")
    @RolesAllowed({"analyst", "supervisor"})
    public Response screen(@PathParam("id") UUID id) {
        return exchange.change("round.screen", id, call -> {
            var round = current(call, id);
            return accepted(order.screening(call.tx(), round));
        });
    }

    private record Closure(UUID round, boolean leavesWaiting) {}

    /**
     * Ends a round. Needs If-Match. Errors: 409 unless screened, or if children wait in its backlog and it is not said that
     * they are left.
     *
     * @param leavesWaiting true if children may be left in the backlog, who move up no more then
     */
    @POST
    @Path("{id}/closure")
    @RolesAllowed({"analyst", "supervisor"})
    public Response close(@PathParam("id") UUID id, @QueryParam("leavesWaiting") @Nullable Boolean leavesWaiting) {
        boolean leaves = Boolean.TRUE.equals(leavesWaiting);
        return exchange.change("round.close", leaves ? new Closure(id, true) : id, call -> {
            var round = current(call, id);
            return ended(close.close(call.tx(), round, leaves));
        });
    }

    /**
     * Why a round is given up.
     *
     * @param reason {@code CANNOT_BE_SCREENED}, {@code PLANNED_WRONGLY} or {@code NO_LONGER_NEEDED}
     */
    public record CancelRequest(@Nullable String reason) {}

    /**
     * Gives up a round that has flagged nobody yet, whatever is being done for it: it is closed without flags. Of one that is
     * being screened again only that is given up: its flags stand. Needs If-Match. Errors: 409 if it has flagged; 422 no such
     * reason.
     */
    @POST
    @Path("{id}/cancellation")
    @RolesAllowed({"analyst", "supervisor"})
    public Response cancel(@PathParam("id") UUID id, CancelRequest request) {
        return exchange.change("round.cancel", request, call -> {
            var round = current(call, id);
            var reason = Arrays.stream(CancelReason.values())
                    .filter(known -> known.name().equals(request.reason()))
                    .findFirst();
            if (reason.isEmpty()) {
                return Answer.refused(Problems.INVALID_FIELD
                        .with("field", "reason")
                        .withDetail("One of " + Arrays.toString(CancelReason.values()) + " is needed."));
            }
            call.purpose(reason.get().name());
            return ended(cancel.cancel(call.tx(), round, reason.get()));
        });
    }

    private Round find(Call call, UUID id) {
        call.about("round", id);
        return rounds.find(call.tx(), id).orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
    }

    private Round current(Call call, UUID id) throws SQLException {
        var round = find(call, id);
        call.requireVersion(round.version());
        return round;
    }

    private static Answer ended(Ordered ordered) {
        return switch (ordered) {
            case Ordered.Accepted(var round) -> Answer.ok(RoundView.of(round), round.version());
            case Ordered.Refused(var problem) -> Answer.refused(problem);
        };
    }

    private static Answer accepted(Ordered ordered) {
        return switch (ordered) {
            case Ordered.Accepted(var round) ->
                new Answer.Done(202, RoundView.of(round), round.version(), "/api/v1/rounds/" + round.id());
            case Ordered.Refused(var problem) -> Answer.refused(problem);
        };
    }
}
