package org.jikimi.runtime.rest;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Refuses the requests of a caller who sends too many. */
@Singleton
class LimitFilter {
    private final Limits limits;
    private final CurrentIdentityAssociation identities;

    LimitFilter(Limits limits, CurrentIdentityAssociation identities) {
        this.limits = limits;
        this.identities = identities;
    }

    @ServerRequestFilter
    Uni<@Nullable Response> limit(ResourceInfo resource, HttpHeaders headers) {
        if (resource.getResourceMethod().isAnnotationPresent(Urgent.class)) {
            return Uni.createFrom().nullItem();
        }
        return identities.getDeferredIdentity().map(identity -> refusal(identity, headers));
    }

    private @Nullable Response refusal(SecurityIdentity identity, HttpHeaders headers) {
        if (identity.isAnonymous()) {
            return null;
        }
        var wait = limits.take(principal(identity));
        return wait.isEmpty()
                ? null
                : ProblemResponses.of(
                                Problems.TOO_MANY.with("retryAfter", wait.getAsInt()),
                                headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE))
                        .build();
    }

    private static String principal(SecurityIdentity identity) {
        var name = identity.getPrincipal().getName();
        return identity.getPrincipal() instanceof JsonWebToken token && token.getSubject() != null
                ? token.getSubject()
                : String.valueOf(name);
    }
}
