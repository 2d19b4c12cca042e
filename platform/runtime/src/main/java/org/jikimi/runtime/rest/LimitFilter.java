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
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Asks for the admission of every request that is not urgent, before its body is read. */
@Singleton
class LimitFilter {
    private final AdmissionByLimits admission;
    private final CurrentIdentityAssociation identities;

    LimitFilter(AdmissionByLimits admission, CurrentIdentityAssociation identities) {
        this.admission = admission;
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
        boolean bulk = method.isAnnotationPresent(Bulk.class) && mayCall(identity, method);
        return admission
                .refusal(principal(identity), bulk)
                .map(problem -> ProblemResponses.of(problem, headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE))
                        .build())
                .orElse(null);
    }

    /** Roles are checked after this filter; who has none of them is told so, and not to come back. */
    private static boolean mayCall(SecurityIdentity identity, Method method) {
        var roles = method.getAnnotation(RolesAllowed.class);
        return roles == null || Stream.of(roles.value()).anyMatch(identity::hasRole);
    }

    private static String principal(SecurityIdentity identity) {
        var name = identity.getPrincipal().getName();
        return identity.getPrincipal() instanceof JsonWebToken token && token.getSubject() != null
                ? token.getSubject()
                : String.valueOf(name);
    }
}
