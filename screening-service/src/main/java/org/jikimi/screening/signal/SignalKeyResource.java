package org.jikimi.screening.signal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Exchange;
import org.jikimi.runtime.rest.Remember;
import org.jikimi.runtime.time.Times;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;

/** The public keys to which agencies seal what they send by Kafka. */
@Path("/api/v1/signal-keys")
@Produces(MediaType.APPLICATION_JSON)
public class SignalKeyResource {
    private final Exchange exchange;
    private final SignalKeys keys;
    private final Times times;

    SignalKeyResource(Exchange exchange, SignalKeys keys, Times times) {
        this.exchange = exchange;
        this.keys = keys;
        this.times = times;
    }

    /** A JSON Web Key Set (RFC 7517) of public keys; the first is the one to seal to. */
    public record KeySet(List<Map<String, Object>> keys) {
        static KeySet of(List<PublicJsonWebKey> keys) {
            return new KeySet(keys.stream()
                    .map(key -> key.toParams(OutputControlLevel.PUBLIC_ONLY))
                    .toList());
        }
    }

    /** Shows the public keys, the one to seal to first. */
    @GET
    @RolesAllowed({"partner-agency", "operator", "auditor"})
    public Response list() {
        return exchange.read("signal-key.list", call -> {
            call.authorised();
            var all = keys.all(call.tx(), EventIds.next(), times.now());
            return Answer.ok(KeySet.of(all));
        });
    }

    /** Makes a new key to seal to; what was sealed to the ones before can still be opened. Needs {@code Idempotency-Key}. */
    @POST
    @RolesAllowed("operator")
    public Response rotate() {
        return exchange.create("signal-key.make", Map.of(), Remember.A_DAY, call -> {
            call.authorised();
            var key = keys.make(call.tx(), EventIds.next(), times.now());
            call.about("signal-key", key.getKeyId());
            return Answer.created("/api/v1/signal-keys", KeySet.of(List.of(key)), 1);
        });
    }
}
