package org.jikimi.runtime.rest;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jikimi.runtime.outbox.Unsent;
import org.jspecify.annotations.Nullable;

/** Refuses the requests of a caller who sends too many, and work in bulk while the outbox is behind. */
@Singleton
class LimitFilter {
    private final Limits limits;
    private final Unsent unsent;
    private final CurrentIdentityAssociation identities;

    LimitFilter(Limits limits, Unsent unsent, CurrentIdentityAssociation identities) {
        this.limits = limits;
        this.unsent = unsent;
        this.identities = identities;
    }

    @ServerRequestFilter
    Uni<@Nullable Response> limit(ResourceInfo resource, HttpHeaders headers) {
        if (resource.getResourceMethod().isAnnotationPresent(Urgent.class)) {
            return Uni.createFrom().nullItem();
        }
        var method = resource.getResourceMethod();
        return identities.getDeferredIdentity().map(identity -> refusal(identity, method, headers));
    }

    private @Nullable Response refusal(SecurityIdentity identity, Method method, HttpHeaders headers) {
        if (identity.isAnonymous()) {
            return null;
        }
        var wait = limits.take(principal(identity));
        if (wait.isPresent()) {
            return refused(Problems.TOO_MANY, wait.getAsInt(), headers);
        }
        var behind = method.isAnnotationPresent(Bulk.class) && mayCall(identity, method)
                ? limits.bulk(unsent.oldest())
                : OptionalInt.empty();
        return behind.isPresent() ? refused(Problems.OUTBOX_BEHIND, behind.getAsInt(), headers) : null;
    }

    /** Roles are checked after this filter; who has none of them is told so, and not to come back. */
    private static boolean mayCall(SecurityIdentity identity, Method method) {
        var roles = method.getAnnotation(RolesAllowed.class);
        return roles == null || Stream.of(roles.value()).anyMatch(identity::hasRole);
    }

    private static Response refused(Problem problem, int seconds, HttpHeaders headers) {
        return ProblemResponses.of(
                        problem.with("retryAfter", seconds), headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE))
                .build();
    }

    private static String principal(SecurityIdentity identity) {
        var name = identity.getPrincipal().getName();
        return identity.getPrincipal() instanceof JsonWebToken token && token.getSubject() != null
                ? token.getSubject()
                : String.valueOf(name);
    }
}
