package org.jikimi.screening.flag;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.legal.LegalBases;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.Reason;
import org.jikimi.screening.model.Scorecard;

/** How a child stands today, and why. */
@Path("/api/v1/children/{id}/risk")
@Produces(MediaType.APPLICATION_JSON)
public class RiskResource {
    private static final String FACTS = "SELECT c.birth_date, c.family_type, c.district_code, s.mask, s.observed "
            + "FROM child c JOIN child_state s ON s.child_id = c.id WHERE c.id = :id";

    private final Exchange exchange;
    private final Times times;
    private final LegalBases bases;
    private final Models models = new Models();
    private final Flags flags = new Flags();

    RiskResource(Exchange exchange, Times times, LegalBases bases) {
        this.exchange = exchange;
        this.times = times;
        this.bases = bases;
    }

    /**
     * Points and reasons.
     *
     * @param threshold points from which the quarterly screening considers a child
     * @param urgentThreshold points from which a child is flagged at once
     * @param flags newest first
     */
    public record RiskView(
            UUID childId,
            int score,
            List<Reason> reasons,
            int threshold,
            int urgentThreshold,
            String modelVersion,
            LocalDate asOf,
            List<FlagView> flags) {}

    /** Points of the active scorecard as of today, with their reasons. Errors: 403 other district; 404. */
    @GET
    @RolesAllowed({"dong-officer", "abuse-investigator", "analyst", "supervisor"})
    public Response risk(@PathParam("id") UUID id) {
        return exchange.read("child.risk", call -> {
            call.about("child", id);
            var found = facts(call.tx(), id);
            if (found.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            var facts = found.get();
            call.requireDistrict(facts.districtCode());
            var today = times.today();
            var scorecard =
                    new Scorecard(models.active(call.tx(), times.now()), today, bases.inForce(call.tx(), today));
            return Answer.ok(new RiskView(
                    id,
                    scorecard.score(facts),
                    scorecard.reasons(facts),
                    scorecard.threshold(),
                    scorecard.urgentThreshold(),
                    scorecard.version(),
                    today,
                    flags.ofChild(call.tx(), id).stream().map(FlagView::of).toList()));
        });
    }

    private static Optional<Facts> facts(Connection tx, UUID id) {
        return Jdbi.open(tx)
                .createQuery(FACTS)
                .bind("id", id)
                .map((row, c) -> FactsRows.facts(row))
                .findOne();
    }
}
