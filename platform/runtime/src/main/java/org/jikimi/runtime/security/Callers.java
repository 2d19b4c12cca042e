package org.jikimi.runtime.security;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Reads from the verified token of the request who calls. A claim that is malformed makes the whole token worthless. */
@ApplicationScoped
public class Callers {
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern DISTRICT = Pattern.compile("[0-9]{5}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** The client of the sample logins, which the realm of the local stack alone has. */
    private static final String SAMPLE_LOGINS = "jikimi-cli";

    private final SecurityIdentity identity;

    public Callers(SecurityIdentity identity) {
        this.identity = identity;
    }

    /**
     * The caller of the request under way.
     *
     * @throws UnauthorizedException if there is no token, its claims are not as the realm writes them, or in the profile
     *     {@code production} it is that of a sample login
     */
    public Caller current() {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw new UnauthorizedException("no token");
        }
        if (ConfigUtils.isProfileActive("production")) {
            refuseSampleLogin(token);
        }
        return caller(token, identity.getRoles());
    }

    /** Somebody may have imported the sample realm where it does not belong. */
    static void refuseSampleLogin(JsonWebToken token) {
        if (SAMPLE_LOGINS.equals(plain(token.getClaim("azp")))) {
            throw new UnauthorizedException("sample login");
        }
    }

    static Caller caller(JsonWebToken token, Set<String> roles) {
        var principal = token.getSubject();
        if (principal == null || principal.isBlank()) {
            throw malformed("sub");
        }
        var agency = text(token, "agency_id", UUID_FORM);
        return new Caller(
                principal,
                roles,
                agency == null ? null : UUID.fromString(agency),
                districts(token.getClaim("district_codes")),
                text(token, "source_kind", CODE));
    }

    private static @Nullable String text(JsonWebToken token, String claim, Pattern form) {
        var value = plain(token.getClaim(claim));
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text) || !form.matcher(text).matches()) {
            throw malformed(claim);
        }
        return text;
    }

    private static Set<String> districts(@Nullable Object claim) {
        if (claim == null) {
            return Set.of();
        }
        if (!(claim instanceof Collection<?> codes)) {
            throw malformed("district_codes");
        }
        var districts = new LinkedHashSet<String>();
        for (var code : codes) {
            if (!(plain(code) instanceof String text) || !DISTRICT.matcher(text).matches()) {
                throw malformed("district_codes");
            }
            districts.add(text);
        }
        return districts;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof JsonString string ? string.getString() : value;
    }

    private static UnauthorizedException malformed(String claim) {
        return new UnauthorizedException("malformed claim " + claim);
    }
}
