package org.jikimi.screening.round.capacity;

import com.fasterxml.jackson.annotation.JsonAlias;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.reference.Districts;
import org.jspecify.annotations.Nullable;

/** How many household visits each dong 행정동 can make in a round. */
@Path("/api/v1/dong-capacities")
@Produces(MediaType.APPLICATION_JSON)
public class CapacityResource {
    private static final int MOST_ITEMS = 5_000;
    private static final int MOST_VISITS = 1_000_000;

    private final Exchange exchange;
    private final AdvanceBacklog backlog;
    private final Times times;

    CapacityResource(Exchange exchange, AdvanceBacklog backlog, Times times) {
        this.exchange = exchange;
        this.backlog = backlog;
        this.times = times;
    }

    /**
     * Capacities to set.
     *
     * @param items up to 5,000
     */
    public record CapacityRequest(@Nullable List<@Nullable Item> items) {
        /**
         * A dong's.
         *
         * @param visitsPerRound household visits, 0 to 1,000,000
         */
        public record Item(
                @Nullable String districtCode,
                @Nullable String dongCode,
                @JsonAlias("visits") @Nullable Integer visitsPerRound) {}
    }

    /** What was set. */
    public record CapacityView(int dongs) {}

    /** What is set, by dong. */
    public record CapacityList(List<Dong> items) {
        /** A dong's household visits in a round. */
        public record Dong(String dongCode, int visitsPerRound) {}
    }

    /** Lists the capacities of all dongs that have one, by code. */
    @GET
    @RolesAllowed({"analyst", "supervisor", "auditor", "operator"})
    public Response list() {
        return exchange.read("dong-capacity.list", call -> {
            var items = DongCapacities.now(call.tx()).entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(dong -> new CapacityList.Dong(dong.getKey(), dong.getValue()))
                    .toList();
            return Answer.ok(new CapacityList(items), DongCapacities.version(call.tx()));
        });
    }

    /**
     * Sets the capacities of some dongs; the others keep theirs. Where a dong can now visit more, children of the backlog
     * of each round that is under way move up. Needs {@code If-Match} with the {@code ETag} of the list, and takes an
     * {@code Idempotency-Key}. Errors: 412, 428; 422.
     */
    @POST
    @RolesAllowed("analyst")
    public Response set(CapacityRequest request) {
        return exchange.change("dong-capacity.set", request, call -> {
            DongCapacities.lock(call.tx());
            call.requireVersion(DongCapacities.version(call.tx()));
            var items = request.items();
            if (items == null || items.isEmpty() || items.size() > MOST_ITEMS) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", "items"));
            }
            var wanted = new LinkedHashMap<String, Integer>();
            for (int i = 0; i < items.size(); i++) {
                var item = items.get(i);
                if (item == null || item.dongCode() == null || !Districts.isDong(item.dongCode())) {
                    return Answer.refused(Problems.INVALID_FIELD.with("field", "items[" + i + "].dongCode"));
                }
                var visits = item.visitsPerRound();
                if (visits == null || visits < 0 || visits > MOST_VISITS) {
                    return Answer.refused(Problems.INVALID_FIELD.with("field", "items[" + i + "].visitsPerRound"));
                }
                wanted.put(item.dongCode(), visits);
            }
            DongCapacities.set(call.tx(), wanted);
            backlog.order(call.tx(), times.now());
            call.about("dong-capacities", items.size());
            return new Answer.Done(201, new CapacityView(wanted.size()), DongCapacities.version(call.tx()), null);
        });
    }
}
