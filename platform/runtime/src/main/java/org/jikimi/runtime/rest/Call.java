package org.jikimi.runtime.rest;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jikimi.runtime.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * One request inside its transaction: what the work of an endpoint is given, and where it notes for the audit whom the
 * request was about. Work that changes something first makes sure that the caller may, then says {@link #authorised} or
 * {@link #requireVersion}, and only then acts.
 */
public final class Call {
    /**
     * Whom or what a request touched.
     *
     * @param type kind of thing, such as {@code child}
     * @param id its id, a pseudonym
     */
    public record Subject(String type, String id) {}

    private final Connection tx;
    private final Caller caller;
    private final Instant now;
    private final Demands demands;
    private final List<Subject> subjects = new ArrayList<>();
    private boolean authorised;
    private boolean current;
    private @Nullable String purpose;

    Call(Connection tx, Caller caller, Instant now, Demands demands) {
        this.tx = tx;
        this.caller = caller;
        this.now = now;
        this.demands = demands;
    }

    /** The open transaction. */
    public Connection tx() {
        return tx;
    }

    public Caller caller() {
        return caller;
    }

    /** When the request came, by the platform's clock. */
    public Instant now() {
        return now;
    }

    /**
     * Says that all has been checked which decides whether the caller may: role, district, agency. From here on a request
     * that was answered before is answered alike, and ends here.
     *
     * @throws ProblemException 422 if its key was used with another body; 403 if the caller has lost a role since then, on
     *     which may depend what the answer showed
     */
    public void authorised() throws SQLException {
        if (!authorised && demands.claim() != null) {
            var first = demands.claim().take(tx, demands.remember(), now);
            if (first != null) {
                if (!caller.roles().containsAll(first.roles())) {
                    throw new ProblemException(Problems.FORBIDDEN);
                }
                throw new Repeated(first, purpose);
            }
        }
        authorised = true;
    }

    /**
     * Says that the caller may, as {@link #authorised} does, and refuses the change of something that has moved on.
     *
     * @throws ProblemException 428 if {@code If-Match} is missing, 412 if it names another version
     */
    public void requireVersion(long version) throws SQLException {
        authorised();
        if (demands.ifMatch().version() != version) {
            throw new ProblemException(Problems.STALE_VERSION.with("currentVersion", version));
        }
        current = true;
    }

    /**
     * Refuses a caller from elsewhere.
     *
     * @throws ProblemException 403 if the caller's districts do not cover it
     */
    public void requireDistrict(String districtCode) {
        if (!caller.covers(districtCode)) {
            throw new ProblemException(Problems.OTHER_DISTRICT);
        }
    }

    /** Notes for the audit whom the request was about; at least one note is expected of every change. */
    public void about(String type, Object id) {
        subjects.add(new Subject(type, id.toString()));
    }

    /**
     * Notes for the audit why personal data were read; a code, not free text. What is noted before {@link #authorised} is noted
     * of a repeat, too.
     */
    public void purpose(String code) {
        purpose = code;
    }

    /**
     * Makes sure that the work checked what it demands.
     *
     * @throws IllegalStateException if it acted without having said {@link #authorised} or {@link #requireVersion}
     */
    void requireChecked() {
        if ((demands.claim() != null && !authorised) || (demands.needsVersion() && !current)) {
            throw new IllegalStateException("acted before it was checked whether the request may");
        }
    }

    List<Subject> subjects() {
        return List.copyOf(subjects);
    }

    @Nullable
    String purpose() {
        return purpose;
    }
}
