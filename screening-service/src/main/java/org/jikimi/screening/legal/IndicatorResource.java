package org.jikimi.screening.legal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.reference.Indicator;
import org.jikimi.screening.reference.Indicators;
import org.jspecify.annotations.Nullable;

/** The catalogue of what can be observed, and on what legal basis. */
@Path("/api/v1/indicators")
@Produces(MediaType.APPLICATION_JSON)
public class IndicatorResource {
    private static final int LONGEST_ARTICLE = 300;
    private static final int MOST_YEARS_AHEAD = 10;
    /** 제헌절: no law of the republic is older than its constitution. */
    private static final LocalDate FIRST_LAW = LocalDate.of(1948, 7, 17);

    private final Exchange exchange;
    private final LegalBases bases;
    private final Instance<WaitsForBasis> waiting;
    private final Times times;

    IndicatorResource(Exchange exchange, LegalBases bases, Instance<WaitsForBasis> waiting, Times times) {
        this.exchange = exchange;
        this.bases = bases;
        this.waiting = waiting;
        this.times = times;
    }

    /**
     * An indicator as this city has it.
     *
     * @param enabled whether its signals are taken and count today
     * @param legalBasis on what; null for none
     */
    public record IndicatorView(
            int bit,
            String code,
            String group,
            boolean ofHousehold,
            String sourceKind,
            int validityDays,
            boolean urgent,
            String nameEn,
            String nameKo,
            String basis,
            boolean enabled,
            @Nullable Basis legalBasis) {
        /** Article and first day. */
        public record Basis(String article, LocalDate inForceOn) {}
    }

    /** The catalogue: 44 indicators, in the order of their bits. */
    public record IndicatorList(List<IndicatorView> items) {}

    /**
     * A legal basis to record.
     *
     * @param article article of a law, decree or ordinance, up to 300 characters
     * @param inForceOn first day of it: not before 1948-07-17, at most ten years ahead
     */
    public record BasisRequest(
            @Nullable String article, @Nullable LocalDate inForceOn) {}

    /** The catalogue of indicators. */
    @GET
    @RolesAllowed({
        "partner-agency",
        "analyst",
        "supervisor",
        "auditor",
        "operator",
        "dong-officer",
        "abuse-investigator"
    })
    public Response list() {
        return exchange.read("indicator.list", call -> {
            var known = bases.all(call.tx());
            return Answer.ok(new IndicatorList(Indicators.all().stream()
                    .map(indicator -> view(indicator, known))
                    .toList()));
        });
    }

    /** Shows one indicator. Errors: 404. */
    @GET
    @Path("{code}")
    @RolesAllowed({
        "partner-agency",
        "analyst",
        "supervisor",
        "auditor",
        "operator",
        "dong-officer",
        "abuse-investigator"
    })
    public Response show(@PathParam("code") String code) {
        return exchange.read("indicator.read", call -> {
            var indicator = known(code);
            call.about("indicator", code);
            return Answer.ok(view(indicator, bases.all(call.tx())), version(call, code));
        });
    }

    /**
     * Records on what an indicator may be used, in the place of what was recorded before. Needs {@code If-Match} with the
     * indicator's {@code ETag}, and takes an {@code Idempotency-Key}. Errors: 404; 412, 428; 422.
     */
    @POST
    @Path("{code}/legal-basis")
    @RolesAllowed("supervisor")
    public Response record(@PathParam("code") String code, BasisRequest request) {
        return exchange.change("legal-basis.record", request, call -> {
            var indicator = current(call, code);
            var article = request.article();
            if (article == null
                    || article.isBlank()
                    || article.length() > LONGEST_ARTICLE
                    || isDemonstration(article)) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", "article"));
            }
            var since = request.inForceOn();
            if (since == null
                    || since.isBefore(FIRST_LAW)
                    || since.isAfter(times.today().plusYears(MOST_YEARS_AHEAD))) {
                return Answer.refused(Problems.INVALID_FIELD.with("field", "inForceOn"));
            }
            return change(call, indicator, article.strip(), since);
        });
    }

    /**
     * Takes the basis of an indicator away: from now on its signals are refused, and no round counts it. Needs {@code
     * If-Match} with the indicator's {@code ETag}, and takes an {@code Idempotency-Key}. Errors: 404; 412, 428.
     */
    @POST
    @Path("{code}/legal-basis/withdrawal")
    @RolesAllowed("supervisor")
    public Response withdraw(@PathParam("code") String code) {
        return exchange.change("legal-basis.withdraw", code, call -> change(call, current(call, code), null, null));
    }

    private static boolean isDemonstration(String article) {
        return article.strip().equalsIgnoreCase(LegalBases.DEMONSTRATION);
    }

    private static Indicator known(String code) {
        return Indicators.of(code).orElseThrow(() -> new ProblemException(Problems.NOT_FOUND));
    }

    /** The indicator, locked and as the caller read it. */
    private Indicator current(Call call, String code) throws SQLException {
        var indicator = known(code);
        call.about("indicator", code);
        KeyLocks.lock(call.tx(), List.of("legal basis of " + code));
        call.requireVersion(version(call, code));
        return indicator;
    }

    private Answer change(Call call, Indicator indicator, @Nullable String article, @Nullable LocalDate inForceOn)
            throws SQLException {
        var code = indicator.code();
        bases.record(call.tx(), code, article, inForceOn, call.caller().principal(), times.now());
        if (inForceOn != null && !inForceOn.isAfter(times.today())) {
            for (var waits : waiting) {
                waits.recorded(call.tx(), times.now());
            }
        }
        return new Answer.Done(201, view(indicator, bases.all(call.tx())), version(call, code), null);
    }

    /** Versions begin with 1, for the basis that nobody has recorded yet. */
    private long version(Call call, String code) {
        return 1 + bases.changes(call.tx(), code);
    }

    private IndicatorView view(Indicator indicator, Map<String, LegalBasis> known) {
        var basis = known.get(indicator.code());
        return new IndicatorView(
                indicator.bit(),
                indicator.code(),
                indicator.group(),
                indicator.ofHousehold(),
                indicator.sourceKind(),
                indicator.validityDays(),
                indicator.urgent(),
                indicator.nameEn(),
                indicator.nameKo(),
                indicator.basis(),
                basis != null && !basis.inForceOn().isAfter(times.today()),
                basis == null ? null : new IndicatorView.Basis(basis.article(), basis.inForceOn()));
    }
}
