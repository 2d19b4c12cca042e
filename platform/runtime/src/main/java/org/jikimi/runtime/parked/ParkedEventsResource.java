package org.jikimi.runtime.parked;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.regex.Pattern;
import org.jikimi.runtime.inbox.Inbox;
import org.jikimi.runtime.inbox.ParkReason;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Cursors;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Page;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jspecify.annotations.Nullable;

/**
 * Events that this service could not apply in their turn. Whoever operates it looks here when an alert tells of them,
 * and has them tried again once the cause is mended; the content of an event is never shown.
 */
@Path("/api/v1/parked-events")
@Produces(MediaType.APPLICATION_JSON)
public class ParkedEventsResource {
    private static final String OPERATOR = "operator";
    private static final String AUDITOR = "auditor";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final Exchange exchange;
    private final Cursors cursors;
    private final Inbox inbox;

    /** What is to be tried again. */
    public record ReplayRequest(@Nullable String key) {}

    /**
     * What came of it.
     *
     * @param applied events of the key that no longer wait
     * @param waiting events of the key that still do
     */
    public record Replayed(String key, long applied, long waiting) {}

    public ParkedEventsResource(Exchange exchange, Cursors cursors, Inbox inbox) {
        this.exchange = exchange;
        this.cursors = cursors;
        this.inbox = inbox;
    }

    /** What waits, the first that came first. */
    @GET
    @RolesAllowed({OPERATOR, AUDITOR})
    public Response list(
            @QueryParam("reason") @Nullable ParkReason reason,
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("cursor") @Nullable String cursor) {
        return exchange.read("parked-event.list", call -> {
            var place = cursors.read(call.caller(), "parked-events?reason=" + reason, limit, cursor);
            var after = place.atBeginning() ? 0 : Long.parseLong(place.after().getFirst());
            var rows = ParkedEvents.after(call.tx(), after, place.fetch(), reason);
            var page = cursors.page(place, rows, row -> List.of(Long.toString(row.seq())));
            return Answer.ok(new Page<>(
                    page.items().stream().map(ParkedEvents.Placed::event).toList(), page.next()));
        });
    }

    /** Tries the parked events of one key again, in their order. What fails again stays, and what is behind it. */
    @POST
    @Path("replays")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(OPERATOR)
    public Response replay(ReplayRequest body) {
        return exchange.create("parked-event.replay", body, Remember.A_DAY, call -> {
            call.authorised();
            var key = body.key();
            if (key == null || !KEY.matcher(key).matches()) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", "key"));
            }
            var before = ParkedEvents.count(call.tx(), key);
            if (before == 0) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            call.about("parked-events", key);
            inbox.replay(call.tx(), key);
            var waiting = ParkedEvents.count(call.tx(), key);
            return Answer.ok(new Replayed(key, before - waiting, waiting));
        });
    }
}
