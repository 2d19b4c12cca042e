package org.jikimi.runtime.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class CurrentRequest implements RequestFacts {
    private final HttpHeaders headers;
    private final UriInfo uri;

    CurrentRequest(HttpHeaders headers, UriInfo uri) {
        this.headers = headers;
        this.uri = uri;
    }

    @Override
    public @Nullable String header(String name) {
        var values = headers.getRequestHeader(name);
        return values == null || values.isEmpty() ? null : String.join(",", values);
    }

    @Override
    public String path() {
        return uri.getPath();
    }
}
