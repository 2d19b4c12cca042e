package org.jikimi.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.security.UnauthorizedException;
import jakarta.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallersTest {
    private static final String AGENCY = "00000000-0000-7000-8001-000000000001";

    private record Token(Map<String, Object> claims) implements JsonWebToken {
        @Override
        public String getName() {
            return "a name";
        }

        @Override
        public Set<String> getClaimNames() {
            return claims.keySet();
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        public <T> @Nullable T getClaim(String name) {
            return (T) claims.get(name);
        }
    }

    private static Caller caller(Map<String, Object> claims) {
        return Callers.caller(new Token(claims), Set.of("case-manager"));
    }

    @Test
    void aCallerIsWhatTheClaimsSay() {
        var caller = caller(Map.of(
                "sub",
                "u1",
                "agency_id",
                AGENCY,
                "district_codes",
                List.of("11110", "11350"),
                "source_kind",
                "clinic"));
        assertThat(caller)
                .isEqualTo(new Caller(
                        "u1", Set.of("case-manager"), UUID.fromString(AGENCY), Set.of("11110", "11350"), "clinic"));
    }

    @Test
    void claimsMayComeAsJsonValues() {
        var caller = caller(Map.of(
                "sub",
                "u1",
                "agency_id",
                Json.createValue(AGENCY),
                "district_codes",
                Json.createArrayBuilder().add("11110").build()));
        assertThat(caller.agencyId()).isEqualTo(UUID.fromString(AGENCY));
        assertThat(caller.covers("11110")).isTrue();
    }

    @Test
    void aCallerWithoutDistrictsMayActInNone() {
        assertThat(caller(Map.of("sub", "u1")).districts()).isEmpty();
    }

    @Test
    void aSampleLoginIsToldByItsClient() {
        var sample = new Token(Map.of("sub", "u1", "azp", Json.createValue("jikimi-cli")));
        var other = new Token(Map.of("sub", "u1", "azp", "city-portal"));

        assertThatThrownBy(() -> Callers.refuseSampleLogin(sample)).isInstanceOf(UnauthorizedException.class);
        assertThatCode(() -> Callers.refuseSampleLogin(other)).doesNotThrowAnyException();
        assertThatCode(() -> Callers.refuseSampleLogin(new Token(Map.of()))).doesNotThrowAnyException();
    }

    @Test
    void aMalformedClaimIsRefused() {
        for (var claims : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("sub", " "),
                Map.of("sub", "u1", "agency_id", "1-1-1-1-1"),
                Map.of("sub", "u1", "agency_id", 7),
                Map.of("sub", "u1", "agency_id", ""),
                Map.of("sub", "u1", "district_codes", "11110"),
                Map.of("sub", "u1", "district_codes", List.of("*")),
                Map.of("sub", "u1", "district_codes", List.of(11110)),
                Map.of("sub", "u1", "source_kind", "a b"))) {
            assertThatThrownBy(() -> caller(claims)).isInstanceOf(UnauthorizedException.class);
        }
    }
}
