package org.jikimi.screening.source;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.security.Caller;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.batch.BatchResource;
import org.jikimi.screening.legal.LegalBases;
import org.jspecify.annotations.Nullable;

/** How fresh and how good the signals of each source are, and which source has fallen silent. */
@Path("/api/v1/signal-sources")
@Produces(MediaType.APPLICATION_JSON)
public class SourceResource {
    private static final int USUAL_WINDOW = 30;
    private static final int LONGEST_WINDOW = 366;
    private static final Set<String> SEE_ALL = Set.of("analyst", "supervisor", "operator", "auditor");

    private final Exchange exchange;
    private final LegalBases bases;
    private final Times times;
    private final SilenceRule rule;

    SourceResource(Exchange exchange, LegalBases bases, Times times, SilenceTerms terms) {
        this.exchange = exchange;
        this.bases = bases;
        this.times = times;
        this.rule = SilenceRule.of(terms);
    }

    /**
     * The sources, by source and indicator.
     *
     * @param from first day in Seoul whose lines are counted
     * @param to last one: today
     */
    public record SourceList(LocalDate from, LocalDate to, List<SourceView> items) {}

    /**
     * Lists what each source delivers of each indicator; to a data agency its own alone. Lines that are still being settled
     * are not counted yet. Errors: 400 {@code invalid-parameter}; 403 a data agency of no agency and no kind.
     *
     * @param days whose lines are counted, today and those before it, 1 to 366; by default 30
     */
    @GET
    @RolesAllowed({"partner-agency", "analyst", "supervisor", "operator", "auditor"})
    public Response list(@QueryParam("days") @Nullable Integer days) {
        return exchange.read("signal-source.list", call -> {
            int window = days == null ? USUAL_WINDOW : days;
            if (window < 1 || window > LONGEST_WINDOW) {
                throw new ProblemException(Problems.INVALID_PARAMETER.with("parameter", "days"));
            }
            var to = times.today();
            var from = to.minusDays(window - 1L);
            var lawful = bases.inForce(call.tx(), to);
            var items = Deliveries.of(call.tx(), own(call.caller()), from, to).stream()
                    .map(delivery -> SourceView.of(
                            delivery,
                            rule.rhythm(delivery.days())
                                    .filter(usual ->
                                            lawful.allows(delivery.key().bit())),
                            to))
                    .toList();
            call.about("signal-sources", items.size());
            return Answer.ok(new SourceList(from, to, items));
        });
    }

    /** The only source that the caller may see; null for all. */
    private static @Nullable String own(Caller caller) {
        return SEE_ALL.stream().anyMatch(caller::has) ? null : BatchResource.sourceOf(caller);
    }
}
