package org.jikimi.screening.shadow;

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
import java.util.UUID;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.screening.export.ExportFile;
import org.jikimi.screening.export.ExportFormat;
import org.jikimi.screening.round.ReplayRound;
import org.jspecify.annotations.Nullable;

/** What the shadow of a round would have flagged. Its flags are nobody's work, and no officer sees them. */
@Path("/api/v1/rounds/{id}/shadow")
@Produces(MediaType.APPLICATION_JSON)
public class ShadowResource {
    static final Problem NO_SHADOW = Problem.of(
            "round-without-shadow",
            409,
            "No version was the shadow when this round opened",
            "이 차수를 개시할 때 그림자로 채점되는 버전이 없었습니다");
    static final Problem NOT_SCREENED = Problem.of(
            "shadow-not-screened",
            409,
            "The round's shadow has not been screened yet: try again when the round has",
            "그림자 채점이 아직 끝나지 않았습니다");

    private final Exchange exchange;
    private final Cursors cursors;

    ShadowResource(Exchange exchange, Cursors cursors) {
        this.exchange = exchange;
        this.cursors = cursors;
    }

    /** The two whose flags are compared. */
    public enum By {
        CHAMPION,
        SHADOW
    }

    /**
     * How many each flagged, in all and by district, and how right they were by what is known now. Errors: 404 no such
     * round; 409 it has no shadow ({@code round-without-shadow}), or that is not screened yet ({@code
     * shadow-not-screened}).
     */
    @GET
    @RolesAllowed({"analyst", "supervisor", "auditor"})
    public Response compare(@PathParam("id") UUID id) {
        return exchange.read("round.shadow", call -> Answer.ok(CompareShadow.compare(call.tx(), screened(call, id))));
    }

    /**
     * Lists the children whom one of the two alone flagged, with the reasons, by their ids: in pages of JSON, or whole as
     * {@code text/csv} or {@code application/x-ndjson}, as {@code Accept} asks. Errors: as for the comparison, and 400 for a
     * parameter.
     *
     * @param only {@code SHADOW}, or {@code CHAMPION}
     */
    @GET
    @Path("children")
    @Produces({MediaType.APPLICATION_JSON, ExportFormat.CSV_TYPE, ExportFormat.NDJSON_TYPE})
    @RolesAllowed({"analyst", "supervisor", "auditor"})
    public Response children(
            @Context HttpHeaders headers,
            @PathParam("id") UUID id,
            @QueryParam("only") @Nullable String only,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        var whole = ExportFormat.wanted(headers.getAcceptableMediaTypes().stream()
                .map(MediaType::toString)
                .toList());
        if (whole.isPresent()) {
            return export(id, only, whole.get());
        }
        return exchange.read("round.shadow-children", call -> {
            screened(call, id);
            var by = by(only);
            var place = cursors.read(call.caller(), "shadow?round=" + id + "&only=" + by, limit, cursor);
            var after =
                    place.atBeginning() ? null : UUID.fromString(place.after().getFirst());
            var children = ShadowFlags.onlyOne(call.tx(), id, by == By.SHADOW, after, place.fetch());
            return Answer.ok(cursors.page(
                    place, children, child -> List.of(child.childId().toString())));
        });
    }

    private Response export(UUID id, @Nullable String only, ExportFormat format) {
        try (var file = ExportFile.create(format)) {
            var answer = exchange.read("round.shadow-export", call -> {
                screened(call, id);
                file.write(call.tx(), ShadowFlags.onlyOne(id, by(only) == By.SHADOW, format));
                return Answer.ok(id);
            });
            if (answer.getStatus() != Response.Status.OK.getStatusCode()) {
                return answer;
            }
            var name = "round-" + id + "-only-" + by(only).name().toLowerCase(Locale.ROOT) + format.suffix();
            return Response.ok(file.handOver(), format.mediaType())
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=" + name)
                    .build();
        }
    }

    private static By by(@Nullable String only) {
        for (var by : By.values()) {
            if (by.name().equals(only)) {
                return by;
            }
        }
        throw new ProblemException(Problems.INVALID_PARAMETER.with("parameter", "only"));
    }

    private static ReplayRound screened(Call call, UUID id) {
        call.about("round", id);
        var round =
                ReplayRound.ofAnyProgramme(call.tx(), id).orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
        if (round.shadowVersion().isEmpty()) {
            throw new ProblemException(NO_SHADOW);
        }
        if (!ShadowFlags.areThere(call.tx(), id)) {
            throw new ProblemException(NOT_SCREENED);
        }
        return round;
    }
}
