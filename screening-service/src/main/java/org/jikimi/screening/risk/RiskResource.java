package org.jikimi.screening.risk;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.flag.FactsRows;
import org.jikimi.screening.flag.FlagView;
import org.jikimi.screening.flag.Flags;
import org.jikimi.screening.legal.LegalBases;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.signal.Aliases;

/** How a child stands today, and why. */
@Path("/api/v1/children/{id}/risk")
@Produces(MediaType.APPLICATION_JSON)
public class RiskResource {
    private static final String FACTS = "SELECT c.birth_date, c.family_type, c.district_code, s.mask, s.observed "
            + "FROM child c JOIN child_state s ON s.child_id = c.id WHERE c.id = :id";

    private final Exchange exchange;
    private final Times times;
    private final LegalBases bases;
    private final DistrictScores districtScores;
    private final Models models = new Models();
    private final Flags flags = new Flags();

    RiskResource(Exchange exchange, Times times, LegalBases bases, DistrictScores districtScores) {
        this.exchange = exchange;
        this.times = times;
        this.bases = bases;
        this.districtScores = districtScores;
    }

    /** Points of the active scorecard as of today, explained. Errors: 403 other district; 404. */
    @GET
    @RolesAllowed({"dong-officer", "abuse-investigator", "analyst", "supervisor"})
    public Response risk(@PathParam("id") UUID id) {
        return exchange.read("child.risk", call -> {
            call.about("child", id);
            var child = Aliases.surviving(call.tx(), id);
            if (!child.equals(id)) {
                call.about("child", child);
            }
            var found = facts(call.tx(), child);
            if (found.isEmpty()) {
                return Answer.refused(Problems.NOT_FOUND);
            }
            var facts = found.get();
            call.requireDistrict(facts.districtCode());
            var today = times.today();
            var model = models.active(call.tx(), times.now());
            var lawful = bases.inForce(call.tx(), today);
            var scorecard = new Scorecard(model, today, lawful);
            int score = scorecard.score(facts);
            var reasons = scorecard.reasons(facts);
            return Answer.ok(new RiskView(
                    child,
                    score,
                    reasons.stream()
                            .map(reason -> RiskView.ReasonView.of(scorecard, facts, reason))
                            .toList(),
                    scorecard.threshold(),
                    scorecard.urgentThreshold(),
                    score >= scorecard.threshold(),
                    districtScores.percentile(
                            call.tx(), facts.districtCode(), scorecard, lawful, today, times.now(), score),
                    Counterfactual.of(scorecard, facts, reasons),
                    new ScoreHistory(model, lawful).of(call.tx(), child, facts, today),
                    scorecard.version(),
                    today,
                    flags.ofChild(call.tx(), child).stream().map(FlagView::of).toList()));
        });
    }

    private static Optional<Facts> facts(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery(FACTS)
                .bind("id", id)
                .map((row, c) -> FactsRows.facts(row))
                .findOne();
    }
}
