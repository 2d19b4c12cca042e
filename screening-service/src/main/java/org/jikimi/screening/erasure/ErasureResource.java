package org.jikimi.screening.erasure;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jspecify.annotations.Nullable;

/** Whom the platform has erased, and which service has not followed yet. */
@Path("/api/v1/erasures")
@Produces(MediaType.APPLICATION_JSON)
public class ErasureResource {
    private final Exchange exchange;
    private final Cursors cursors;
    private final RetentionTerms terms;
    private final Erasures erasures = new Erasures();

    ErasureResource(Exchange exchange, Cursors cursors, RetentionTerms terms) {
        this.exchange = exchange;
        this.cursors = cursors;
        this.terms = terms;
    }

    /**
     * Erasures, the newest first.
     *
     * @param retention after what time without need a child is erased, as ISO 8601; null if nobody has decided, and nothing is
     *     erased
     * @param next continues the list; null at its end
     */
    record ErasureList(
            @Nullable String retention,
            long outstanding,
            long overdue,
            List<ErasureView> items,
            @Nullable String next) {}

    /**
     * Lists erasures by pseudonym; one is complete when every service has acknowledged it. Errors: 400.
     *
     * @param outstanding {@code true} for those alone that are not complete
     * @param limit 1 to 500, by default 50
     * @param cursor {@code next} of the page before
     */
    @GET
    @RolesAllowed({"supervisor", "auditor"})
    public Response list(
            @QueryParam("outstanding") @Nullable Boolean outstanding,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("erasure.list", call -> {
            boolean incomplete = Boolean.TRUE.equals(outstanding);
            var from = cursors.read(call.caller(), "erasures " + incomplete, limit, cursor);
            var before = from.atBeginning() ? null : Instant.parse(from.after().get(0));
            var id = from.atBeginning() ? null : UUID.fromString(from.after().get(1));
            var page = cursors.page(
                    from,
                    erasures.list(call.tx(), incomplete, before, id, from.fetch()),
                    erasure -> List.of(
                            erasure.erasedAt().toString(), erasure.childId().toString()));
            var overdueBefore = call.now().minus(terms.acknowledgeWithin());
            var open = erasures.open(call.tx(), overdueBefore);
            call.about("erasures", page.items().size());
            return Answer.ok(new ErasureList(
                    terms.after().map(Object::toString).orElse(null),
                    open.outstanding(),
                    open.overdue(),
                    page.items().stream()
                            .map(erasure -> ErasureView.of(erasure, overdueBefore))
                            .toList(),
                    page.next()));
        });
    }
}
