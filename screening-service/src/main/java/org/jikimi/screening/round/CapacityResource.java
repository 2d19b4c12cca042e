package org.jikimi.screening.round;

import com.fasterxml.jackson.annotation.JsonAlias;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
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

    /**
     * Sets the capacities of some dongs; the others keep theirs. Where a dong can now visit more, children of the backlog
     * of each round that is under way move up. Errors: 422.
     */
    @POST
    @RolesAllowed("analyst")
    public Response set(CapacityRequest request) {
        return exchange.create("dong-capacity.set", request, Remember.A_DAY, call -> {
            var items = request.items();
            if (items == null || items.isEmpty() || items.size() > MOST_ITEMS) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", "items"));
            }
            var batch = Jdbi.open(call.tx())
                    .prepareBatch("INSERT INTO dong_capacity (dong_code, visits_per_round) VALUES (:dong, :visits) "
                            + "ON CONFLICT (dong_code) DO UPDATE SET visits_per_round = excluded.visits_per_round");
            for (int i = 0; i < items.size(); i++) {
                var item = items.get(i);
                if (item == null || item.dongCode() == null || !Districts.isDong(item.dongCode())) {
                    return Answer.refused(Problems.INVALID_FIELD.with("field", "items[" + i + "].dongCode"));
                }
                var visits = item.visitsPerRound();
                if (visits == null || visits < 0 || visits > MOST_VISITS) {
                    return Answer.refused(Problems.INVALID_FIELD.with("field", "items[" + i + "].visitsPerRound"));
                }
                batch.bind("dong", item.dongCode()).bind("visits", visits).add();
            }
            batch.execute();
            backlog.order(call.tx(), times.now());
            call.about("dong-capacities", items.size());
            return new Answer.Done(201, new CapacityView(items.size()), null, null);
        });
    }
}
