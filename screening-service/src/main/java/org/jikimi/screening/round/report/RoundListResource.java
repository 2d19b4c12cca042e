package org.jikimi.screening.round.report;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Page;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.export.ExportFile;
import org.jikimi.screening.export.ExportFormat;
import org.jikimi.screening.flag.FlagView;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.round.model.Rounds;
import org.jikimi.screening.round.screening.RoundFlags;
import org.jikimi.screening.round.screening.RoundLinked;
import org.jspecify.annotations.Nullable;

/**
 * What a round found and what became of it. Lists come in pages of JSON, or whole as {@code text/csv} or {@code
 * application/x-ndjson}, as {@code Accept} asks.
 */
@Path("/api/v1/rounds/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class RoundListResource {
    private final Exchange exchange;
    private final Cursors cursors;
    private final Times times;
    private final Rounds rounds = new Rounds();

    RoundListResource(Exchange exchange, Cursors cursors, Times times) {
        this.exchange = exchange;
        this.cursors = cursors;
        this.times = times;
    }

    /**
     * Lists flags and backlog by dong and rank; whole, with what became of each.
     *
     * @param state {@code FLAGGED}, {@code BACKLOG}, {@code VISITED} or {@code CLOSED}; all if absent
     */
    @GET
    @Path("flags")
    @Produces({MediaType.APPLICATION_JSON, ExportFormat.CSV_TYPE, ExportFormat.NDJSON_TYPE})
    @RolesAllowed({"analyst", "supervisor", "auditor"})
    public Response flags(
            @Context HttpHeaders headers,
            @PathParam("id") UUID id,
            @QueryParam("state") @Nullable String state,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        var whole = wanted(headers);
        if (whole.isPresent()) {
            return export(id, RoundList.FLAGS, state, whole.get());
        }
        return exchange.read("round.flags", call -> {
            find(call, id);
            var of = state(state);
            var place = cursors.read(call.caller(), "flags?round=" + id + "&state=" + of, limit, cursor);
            var after = place.after();
            var flags = RoundFlags.page(
                    call.tx(),
                    id,
                    of == null ? null : of.name(),
                    place.atBeginning() ? "" : after.getFirst(),
                    place.atBeginning() ? 0 : Integer.parseInt(after.getLast()),
                    place.fetch());
            var page = cursors.page(place, flags, flag -> List.of(flag.dongCode(), String.valueOf(flag.rank())));
            return Answer.ok(new Page<>(page.items().stream().map(FlagView::of).toList(), page.next()));
        });
    }

    /** Lists the selected children who are linked to open work instead of being flagged again, by their ids. */
    @GET
    @Path("linked")
    @Produces({MediaType.APPLICATION_JSON, ExportFormat.CSV_TYPE, ExportFormat.NDJSON_TYPE})
    @RolesAllowed({"analyst", "supervisor", "auditor"})
    public Response linked(
            @Context HttpHeaders headers,
            @PathParam("id") UUID id,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        var whole = wanted(headers);
        if (whole.isPresent()) {
            return export(id, RoundList.LINKED, null, whole.get());
        }
        return exchange.read("round.linked", call -> {
            find(call, id);
            var place = cursors.read(call.caller(), "linked?round=" + id, limit, cursor);
            var after =
                    place.atBeginning() ? null : UUID.fromString(place.after().getFirst());
            var linked = RoundLinked.page(call.tx(), id, after, place.fetch());
            return Answer.ok(
                    cursors.page(place, linked, child -> List.of(child.childId().toString())));
        });
    }

    /** How many of the flagged children have been reached, and what came of it, by district and dong; whole, by dong. */
    @GET
    @Path("coverage")
    @Produces({MediaType.APPLICATION_JSON, ExportFormat.CSV_TYPE, ExportFormat.NDJSON_TYPE})
    @RolesAllowed({"analyst", "supervisor", "auditor"})
    public Response coverage(@Context HttpHeaders headers, @PathParam("id") UUID id) {
        var whole = wanted(headers);
        if (whole.isPresent()) {
            return export(id, RoundList.COVERAGE, null, whole.get());
        }
        return exchange.read(
                "round.coverage", call -> Answer.ok(RoundReports.coverage(call.tx(), find(call, id), times.today())));
    }

    /** The closing report; preliminary until the round is closed. */
    @GET
    @Path("report")
    @RolesAllowed({"analyst", "supervisor", "auditor"})
    public Response report(@PathParam("id") UUID id) {
        return exchange.read(
                "round.report", call -> Answer.ok(RoundReports.report(call.tx(), find(call, id), times.today())));
    }

    private Round find(Call call, UUID id) {
        call.about("round", id);
        return rounds.find(call.tx(), id).orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
    }

    private static RoundList.@Nullable FlagState state(@Nullable String code) {
        if (code == null) {
            return null;
        }
        for (var state : RoundList.FlagState.values()) {
            if (state.name().equals(code)) {
                return state;
            }
        }
        throw new ProblemException(Problems.INVALID_PARAMETER.with("parameter", "state"));
    }

    private static Optional<ExportFormat> wanted(HttpHeaders headers) {
        return ExportFormat.wanted(headers.getAcceptableMediaTypes().stream()
                .map(MediaType::toString)
                .toList());
    }

    private Response export(UUID id, RoundList list, @Nullable String state, ExportFormat format) {
        try (var file = ExportFile.create(format)) {
            var answer = exchange.read("round.export", call -> {
                find(call, id);
                file.write(call.tx(), list.rows(id, state(state), times.today(), format));
                return Answer.ok(id);
            });
            if (answer.getStatus() != Response.Status.OK.getStatusCode()) {
                return answer;
            }
            var name = "round-" + id + "-" + list.name().toLowerCase(Locale.ROOT) + format.suffix();
            return Response.ok(file.handOver(), format.mediaType())
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=" + name)
                    .build();
        }
    }
}
