package org.jikimi.screening.round;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.List;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.reference.Cadence;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.round.model.Rounds;
import org.jspecify.annotations.Nullable;

/** The five programmes by which children are found, and when their rounds are due. */
@Path("/api/v1/programmes")
@Produces(MediaType.APPLICATION_JSON)
public class ProgrammeResource {
    private static final Rounds ROUNDS = new Rounds();

    private final Exchange exchange;
    private final Times times;

    ProgrammeResource(Exchange exchange, Times times) {
        this.exchange = exchange;
        this.times = times;
    }

    /**
     * A programme and its calendar.
     *
     * @param cadence {@code QUARTERLY}, {@code YEARLY_FROM_OCTOBER}, {@code TWICE_A_YEAR} or {@code PLANNED}
     * @param period the period of today; null between periods, and if rounds come as they are planned
     * @param nextPeriod the one after; null if rounds come as they are planned
     * @param round the round planned last for a day of the period; null if there is none
     * @param due whether the period has no round yet
     */
    public record ProgrammeView(
            String code,
            String nameEn,
            String nameKo,
            String whoIsSelected,
            String cadence,
            String cadenceText,
            String referenceSize,
            Cadence.@Nullable Period period,
            Cadence.@Nullable Period nextPeriod,
            @Nullable RoundView round,
            boolean due) {}

    /** All of them. */
    public record ProgrammeList(List<ProgrammeView> items) {}

    /** The five programmes, each with the round of its period. */
    @GET
    @RolesAllowed({"analyst", "supervisor", "auditor", "operator"})
    public Response list() {
        return exchange.read("programme.list", call -> {
            return Answer.ok(calendar(call.tx(), times.today()));
        });
    }

    /** The calendar as it stands on a day. */
    static ProgrammeList calendar(Connection tx, LocalDate today) {
        return new ProgrammeList(
                Programme.table().stream().map(row -> view(tx, row, today)).toList());
    }

    private static ProgrammeView view(Connection tx, List<String> row, LocalDate today) {
        var programme = Programme.valueOf(row.getFirst());
        var period = programme.cadence().at(today).orElse(null);
        var round = period == null
                ? null
                : ROUNDS.newest(tx, programme, period.from(), period.to()).orElse(null);
        return new ProgrammeView(
                programme.name(),
                row.get(1),
                row.get(2),
                row.get(3),
                programme.cadence().name(),
                row.get(4),
                row.get(5),
                period,
                programme.cadence().after(today).orElse(null),
                round == null ? null : RoundView.of(round),
                period != null && round == null);
    }
}
