package org.jikimi.runtime.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jikimi.runtime.audit.Audit;
import org.jikimi.runtime.audit.AuditEntry;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.security.Caller;
import org.jikimi.runtime.security.Callers;
import org.jikimi.runtime.time.Times;
import org.jspecify.annotations.Nullable;

/**
 * The exchange on the service's database. What loses a race for a row (deadlock, serialisation, a unique value that
 * another request took first) is run again from the start, in a new transaction.
 */
@ApplicationScoped
class ExchangeOverJdbc implements Exchange {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final Pattern VERSION = Pattern.compile("\"([1-9][0-9]{0,17})\"");
    private static final int TRIES = 3;

    private final Transactions transactions;
    private final Times times;
    private final Audit audit;
    private final ObjectMapper json;
    private final Callers callers;
    private final RequestFacts request;
    private final Idempotency idempotency;

    ExchangeOverJdbc(
            Transactions transactions,
            Times times,
            Keyring keys,
            Audit audit,
            ObjectMapper json,
            Callers callers,
            RequestFacts request) {
        this.transactions = transactions;
        this.times = times;
        this.audit = audit;
        this.json = json;
        this.callers = callers;
        this.request = request;
        this.idempotency = new Idempotency(keys);
    }

    @Override
    public Response create(String action, Object body, Remember remember, Work work) {
        var caller = callers.current();
        return run(caller, action, demands(claim(caller, action, requiredKey(), body), remember, false), work);
    }

    @Override
    public Response extend(String action, Object body, Remember remember, Work work) {
        var caller = callers.current();
        return run(caller, action, demands(claim(caller, action, requiredKey(), body), remember, true), work);
    }

    @Override
    public Response change(String action, Work work) {
        return run(callers.current(), action, demands(null, Remember.A_DAY, true), work);
    }

    @Override
    public Response change(String action, Object body, Work work) {
        var caller = callers.current();
        var key = key();
        var given = given(body);
        var claim = key == null ? null : claim(caller, action, key, given);
        return run(caller, action, demands(claim, Remember.A_DAY, true), work);
    }

    @Override
    public Response read(String action, Work work) {
        return run(callers.current(), action, demands(null, Remember.A_DAY, false), work);
    }

    private Demands demands(Idempotency.@Nullable Claim claim, Remember remember, boolean needsVersion) {
        return new Demands(claim, remember, needsVersion, this::expectedVersion);
    }

    private Response run(Caller caller, String action, Demands demands, Work work) {
        for (int tries = 1; ; tries++) {
            try {
                return transactions.run(tx -> inside(tx, caller, action, demands, work));
            } catch (Repeated repeated) {
                return again(caller, action, repeated);
            } catch (SQLException | RuntimeException failure) {
                if (tries == TRIES || !SqlFailures.mayPassNextTime(failure)) {
                    throw SqlFailures.asRefusal(failure);
                }
            }
        }
    }

    private Response inside(Connection tx, Caller caller, String action, Demands demands, Work work)
            throws SQLException {
        var now = times.now();
        var call = new Call(tx, caller, now, demands);
        var answer = written(work.in(call));
        call.requireChecked();
        var subjects = subjects(call);
        if (demands.claim() != null) {
            demands.claim().remember(tx, answer, subjects, caller.roles());
        }
        var response = response(answer).build();
        audit.recordAndCommit(
                tx,
                new AuditEntry(
                        now,
                        caller.principal(),
                        caller.agencyId(),
                        action,
                        withRoles(subjects, caller),
                        call.purpose()));
        return response;
    }

    /** The first answer, when the transaction of the repeat has been undone with whatever it wrote. */
    private Response again(Caller caller, String action, Repeated repeated) {
        var first = repeated.first();
        try {
            return transactions.run(tx -> {
                var repeat = new AuditEntry(
                        times.now(),
                        caller.principal(),
                        caller.agencyId(),
                        action + ".replayed",
                        withRoles(first.subjects(), caller),
                        repeated.purpose());
                audit.recordAndCommit(tx, repeat);
                return response(first.answer())
                        .header("Idempotency-Replayed", "true")
                        .build();
            });
        } catch (SQLException | RuntimeException failure) {
            throw SqlFailures.asRefusal(failure);
        }
    }

    private Written written(Answer answer) {
        return switch (answer) {
            case Answer.Refused(var problem) -> throw new ProblemException(problem);
            case Answer.Done(var status, var body, var version, var location) ->
                new Written(status, body == null ? null : json(body), version, location);
        };
    }

    private static List<String> subjects(Call call) {
        return call.subjects().stream()
                .map(subject -> subject.type() + ":" + subject.id())
                .toList();
    }

    /** In what office it was done: who reads the audit years later cannot ask the realm which roles somebody had then. */
    private static List<String> withRoles(List<String> subjects, Caller caller) {
        return Stream.concat(subjects.stream(), caller.roles().stream().sorted().map(role -> "role:" + role))
                .toList();
    }

    private static Response.ResponseBuilder response(Written answer) {
        var response = Response.status(answer.status()).header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (answer.body() != null) {
            response.entity(answer.body()).type(MediaType.APPLICATION_JSON_TYPE);
        }
        if (answer.version() != null) {
            response.header(HttpHeaders.ETAG, "\"" + answer.version() + "\"");
        }
        if (answer.location() != null) {
            response.header(HttpHeaders.LOCATION, answer.location());
        }
        return response;
    }

    private Idempotency.Claim claim(Caller caller, String action, String key, @Nullable Object body) {
        return idempotency.claim(caller.principal(), action, request.path(), key, given(body));
    }

    private static Object given(@Nullable Object body) {
        if (body == null) {
            throw new ProblemException(Problems.MALFORMED_BODY);
        }
        return body;
    }

    private String requiredKey() {
        var key = key();
        if (key == null) {
            throw new ProblemException(Problems.MISSING_KEY);
        }
        return key;
    }

    private @Nullable String key() {
        var key = request.header("Idempotency-Key");
        if (key != null && !KEY.matcher(key).matches()) {
            throw new ProblemException(Problems.INVALID_KEY);
        }
        return key;
    }

    private long expectedVersion() {
        var header = request.header(HttpHeaders.IF_MATCH);
        if (header == null) {
            throw new ProblemException(Problems.MISSING_VERSION);
        }
        var version = VERSION.matcher(header.strip());
        if (!version.matches()) {
            throw new ProblemException(Problems.INVALID_VERSION);
        }
        return Long.parseLong(version.group(1));
    }

    private byte[] json(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
