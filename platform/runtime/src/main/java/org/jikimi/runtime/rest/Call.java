package org.jikimi.runtime.rest;

import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jikimi.runtime.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * One request inside its transaction: what the work of an endpoint is given, and where it notes for the audit whom the
 * request was about.
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
    private final @Nullable Long expectedVersion;
    private final List<Subject> subjects = new ArrayList<>();
    private @Nullable String purpose;

    Call(Connection tx, Caller caller, Instant now, @Nullable Long expectedVersion) {
        this.tx = tx;
        this.caller = caller;
        this.now = now;
        this.expectedVersion = expectedVersion;
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

    /** The version in {@code If-Match}; empty where the endpoint needs none. */
    public OptionalLong expectedVersion() {
        return expectedVersion == null ? OptionalLong.empty() : OptionalLong.of(expectedVersion);
    }

    /**
     * Refuses a change of something that has moved on.
     *
     * @throws ProblemException 412 if {@code If-Match} named another version
     */
    public void requireVersion(long current) {
        if (expectedVersion != null && expectedVersion != current) {
            throw new ProblemException(Problems.STALE_VERSION.with("currentVersion", current));
        }
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

    /** Notes for the audit why personal data were read; a code, not free text. */
    public void purpose(String code) {
        purpose = code;
    }

    List<Subject> subjects() {
        return List.copyOf(subjects);
    }

    @Nullable
    String purpose() {
        return purpose;
    }
}
