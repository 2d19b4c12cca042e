package org.jikimi.screening.signal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.rest.Admission;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Call;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.rest.Remember;
import org.jikimi.runtime.rest.Urgent;
import org.jikimi.runtime.security.Caller;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.batch.Batch;
import org.jikimi.screening.batch.BatchKind;
import org.jikimi.screening.batch.BatchResource;
import org.jikimi.screening.batch.Checked;
import org.jikimi.screening.batch.LineKind;
import org.jikimi.screening.batch.Rejection;
import org.jikimi.screening.legal.LegalBases;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.source.SourceTally;
import org.jspecify.annotations.Nullable;

/** One observation at a time. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public class SignalResource {
    private final Exchange exchange;
    private final BatchResource batches;
    private final Keyring keys;
    private final Times times;
    private final LegalBases bases;
    private final ActOnSignals act;
    private final Admission admission;
    private final Transactions transactions;

    SignalResource(
            Exchange exchange,
            BatchResource batches,
            Keyring keys,
            Times times,
            LegalBases bases,
            ActOnSignals act,
            Admission admission,
            Transactions transactions) {
        this.exchange = exchange;
        this.batches = batches;
        this.keys = keys;
        this.times = times;
        this.bases = bases;
        this.act = act;
        this.admission = admission;
        this.transactions = transactions;
    }

    /** An observation, as a line of a batch has it. */
    public record SignalRequest(
            @Nullable String signalId,
            @Nullable String indicator,
            @Nullable Subject subject,
            @Nullable String observedOn,
            @Nullable String clearedOn) {
        /** Whom it is about: {@code RRN}, {@code TNN}, {@code TMN}, {@code CHILD_ID} or {@code HOUSEHOLD}. */
        public record Subject(
                @Nullable String scheme, @Nullable String value) {
            @Override
            public String toString() {
                return "subject";
            }
        }
    }

    /**
     * What became of it.
     *
     * @param status {@code ACCEPTED} or {@code DUPLICATE}
     * @param flagId open urgent flag of the child; null if the signal flags nobody
     * @param flagIds the same of every child of the household
     */
    public record SignalView(
            String signalId, String status, @Nullable UUID flagId, List<UUID> flagIds) {}

    /**
     * Takes one observation; needs {@code Idempotency-Key}. That an indicator was observed which is urgent, and of the
     * sender's own kind, flags at once and is never made to wait. Anything else belongs into a batch and is refused like
     * one. Errors: 400 without a key; 422 with {@code code}, as a batch rejects lines; for what is not urgent 429, and 503
     * {@code outbox-behind} while events have waited in the outbox for too long. A refused observation leaves nothing but
     * its count among the rejected lines of its source.
     */
    @POST
    @Path("signals")
    @Urgent
    @RolesAllowed("partner-agency")
    public Response send(SignalRequest request) {
        var caller = batches.source();
        if (!isUrgent(caller, request)) {
            admission.requireRoom();
        }
        var refusal = new AtomicReference<@Nullable Rejection>();
        try {
            return take(caller, request, refusal);
        } catch (ProblemException refused) {
            try {
                count(caller, refusal.get());
            } catch (SQLException uncounted) { // a count may be missed, an answer not
                refused.addSuppressed(uncounted);
            }
            throw refused;
        }
    }

    private Response take(Caller caller, SignalRequest request, AtomicReference<@Nullable Rejection> refusal) {
        return exchange.create("signal.send", request, Remember.A_DAY, call -> {
            call.authorised();
            var lines = new SignalLines(
                    String.valueOf(caller.sourceKind()),
                    times.today(),
                    bases.inForce(call.tx(), times.today()),
                    keys,
                    act);
            var values = values(request);
            return switch (lines.check(values)) {
                case Checked.Good<SignalLine>(var line) -> store(call, lines, line, refusal);
                case Checked.Bad<SignalLine>(var code, var message) ->
                    refused(new Rejection(1, code.code(), message, lines.indicator(values)), refusal);
            };
        });
    }

    /** Counts what was refused, once its own transaction has been undone. */
    private void count(Caller caller, @Nullable Rejection refusal) throws SQLException {
        if (refusal == null) {
            return;
        }
        var tally = new SourceTally();
        tally.rejected(refusal.indicator(), refusal.code(), 1);
        transactions.run(tx -> {
            tally.addTo(tx, BatchResource.sourceOf(caller), times.now());
            return refusal;
        });
    }

    private static boolean isUrgent(Caller caller, @Nullable SignalRequest request) {
        return request != null
                && request.clearedOn() == null
                && Indicators.of(String.valueOf(request.indicator()))
                        .filter(indicator ->
                                indicator.urgent() && indicator.sourceKind().equals(caller.sourceKind()))
                        .isPresent();
    }

    private static @Nullable String[] values(SignalRequest request) {
        var subject = request.subject();
        return new @Nullable String[] {
            request.signalId(),
            request.indicator(),
            subject == null ? null : subject.scheme(),
            subject == null ? null : subject.value(),
            request.observedOn(),
            request.clearedOn()
        };
    }

    private static Answer store(
            Call call, SignalLines lines, SignalLine line, AtomicReference<@Nullable Rejection> refusal)
            throws SQLException {
        var batch = Batch.now(EventIds.next(), BatchKind.SIGNALS, BatchResource.sourceOf(call.caller()), call.now());
        call.about("signal", batch.id());
        var stored = lines.loadNow(call.tx(), batch, List.of(new LineKind.Line<>(1, line)), new SourceTally());
        for (var rejection : stored.tally().rejections()) {
            return refused(rejection, refusal);
        }
        var flags = stored.flags().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
        var status = stored.tally().duplicates() > 0 ? "DUPLICATE" : "ACCEPTED";
        return new Answer.Done(
                201,
                new SignalView(line.signalId(), status, flags.isEmpty() ? null : flags.getFirst(), flags),
                null,
                null);
    }

    private static Answer refused(Rejection why, AtomicReference<@Nullable Rejection> refusal) {
        refusal.set(why);
        return Answer.refused(Problems.INVALID_FIELD.with("code", why.code()).withDetail(why.message()));
    }
}
