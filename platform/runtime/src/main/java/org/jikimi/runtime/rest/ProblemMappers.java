package org.jikimi.runtime.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jikimi.runtime.db.Failures;

/** Turns everything that is thrown into a problem. What nobody expected is logged under an id, without what it carried. */
class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response refusal(ProblemException refusal, HttpHeaders headers) {
        return respond(refusal.problem(), headers);
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthenticated(SecurityException noToken, HttpHeaders headers) {
        return respond(Problems.UNAUTHENTICATED, headers);
    }

    /** The realm cannot be reached and no key of it is known yet. */
    @ServerExceptionMapper
    Response realmAway(OIDCException away, HttpHeaders headers) {
        LOG.warnf("The realm cannot be reached: %s", Traces.withoutMessages(away));
        return respond(Problems.UNAVAILABLE, headers);
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException wrongRole, HttpHeaders headers) {
        return respond(Problems.FORBIDDEN, headers);
    }

    /** A type of its own, because Quarkus brings a mapper of it that would win otherwise. */
    @ServerExceptionMapper
    Response malformed(MismatchedInputException malformed, HttpHeaders headers) {
        return respond(BodyProblems.of(malformed), headers);
    }

    @ServerExceptionMapper
    Response malformed(JacksonException malformed, HttpHeaders headers) {
        return respond(BodyProblems.of(malformed), headers);
    }

    @ServerExceptionMapper
    Response tooLarge(BodyTooLarge tooLarge, HttpHeaders headers) {
        return respond(Problems.TOO_LARGE, headers);
    }

    /** The answer is for the log of the way, if for anybody: the sender has gone. It sends the whole again when it can. */
    @ServerExceptionMapper
    Response brokenOff(BodyBrokenOff brokenOff, HttpHeaders headers) {
        LOG.info("A sender broke off in the middle of a body");
        return respond(Problems.BODY_BROKEN_OFF, headers);
    }

    @ServerExceptionMapper
    Response framework(WebApplicationException failure, HttpHeaders headers) {
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            switch (cause) {
                case JacksonException malformed -> {
                    return respond(BodyProblems.of(malformed), headers);
                }
                case BodyTooLarge tooLarge -> {
                    return respond(Problems.TOO_LARGE, headers);
                }
                case BodyBrokenOff brokenOff -> {
                    return brokenOff(brokenOff, headers);
                }
                case ProblemException refusal -> {
                    return respond(refusal.problem(), headers);
                }
                default -> {}
            }
        }
        var status = failure.getResponse().getStatus();
        if (status < 400) {
            return failure.getResponse();
        }
        return status < 500 ? respond(clientProblem(failure, status), headers) : unexpected(failure, headers);
    }

    /** Also what fails outside an exchange, such as a stream whose database goes away: that is no bug, and may pass. */
    @ServerExceptionMapper
    Response unexpected(Throwable failure, HttpHeaders headers) {
        if (Failures.isInfrastructure(failure)) {
            LOG.warnf("Infrastructure fails: %s", Traces.withoutMessages(failure));
            return respond(Problems.UNAVAILABLE, headers);
        }
        var incident = UUID.randomUUID().toString();
        LOG.errorf("Incident %s: %s", incident, Traces.withoutMessages(failure));
        return respond(Problems.UNEXPECTED.with("incident", incident), headers);
    }

    private static Problem clientProblem(WebApplicationException failure, int status) {
        return switch (status) {
            case 401 -> Problems.UNAUTHENTICATED;
            case 403 -> Problems.FORBIDDEN;
            // A parameter that could not be converted comes as 404 with the conversion's failure as its cause.
            case 404 -> failure.getCause() == null ? Problems.NOT_FOUND : Problems.INVALID_PARAMETER;
            case 405 -> Problems.METHOD_NOT_ALLOWED;
            case 406 -> Problems.NOT_ACCEPTABLE;
            case 413 -> Problems.TOO_LARGE;
            case 415 -> Problems.UNSUPPORTED_TYPE;
            default -> Problems.BAD_REQUEST;
        };
    }

    private static Response respond(Problem problem, HttpHeaders headers) {
        return ProblemResponses.of(problem, headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE))
                .build();
    }
}
