package org.jikimi.notification.subscription;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.security.Caller;
import org.jspecify.annotations.Nullable;

/** The subscriptions as stored; addresses and secrets encrypted. */
@ApplicationScoped
public class Subscriptions {
    /**
     * Where a webhook goes and what it is signed with.
     *
     * @param secret {@code whsec_} and base64
     */
    public record Endpoint(String url, String secret) {
        @Override
        public String toString() {
            return "an endpoint";
        }
    }

    private final Keyring keyring;

    public Subscriptions(Keyring keyring) {
        this.keyring = keyring;
    }

    void insert(Connection tx, Subscription subscription, String target, @Nullable String secret) {
        Sql.on(tx)
                .createUpdate("""
                        INSERT INTO subscription (id, principal, roles, agency_id, channel, event_types, districts,
                            state, target, secret, created_at)
                        VALUES (:id, :principal, :roles, CAST(:agency AS uuid), :channel, :types, :districts,
                            'ACTIVE', :target, :secret, :now)""")
                .bind("id", subscription.id())
                .bind("principal", subscription.principal())
                .bindArray("roles", String.class, subscription.roles().toArray())
                .bind("agency", subscription.agencyId())
                .bind("channel", subscription.channel().name())
                .bindArray("types", String.class, subscription.eventTypes().toArray())
                .bindArray("districts", String.class, subscription.districts().toArray())
                .bind("target", seal(subscription.id(), target))
                .bind("secret", secret == null ? null : seal(subscription.id(), secret))
                .bind("now", subscription.createdAt())
                .execute();
    }

    List<Subscription> of(Connection tx, String principal) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM subscription WHERE principal = :principal AND state = 'ACTIVE' "
                        + "ORDER BY created_at, id")
                .bind("principal", principal)
                .map((row, context) -> read(row))
                .list();
    }

    private Optional<Subscription> find(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM subscription WHERE id = :id AND state = 'ACTIVE'")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** The caller's own subscription of that id; empty if there is none, whether or not it is another's. */
    public Optional<Subscription> own(Connection tx, Caller caller, @Nullable UUID id) {
        return id == null
                ? Optional.empty()
                : find(tx, id).filter(found -> found.principal().equals(caller.principal()));
    }

    /** Who of a channel wants what, for the events of one transaction. */
    public Audience audience(Connection tx, Channel channel) {
        return new Audience(this, tx, channel);
    }

    List<Subscription> wanting(Connection tx, Channel channel, String eventType, @Nullable String districtCode) {
        return Sql.on(tx)
                .createQuery("""
                        SELECT * FROM subscription
                        WHERE channel = :channel AND state = 'ACTIVE'
                          AND (cardinality(event_types) = 0 OR :type = ANY(event_types))
                          AND (CAST(:district AS text) IS NULL OR :district = ANY(districts))
                        ORDER BY id""")
                .bind("channel", channel.name())
                .bind("type", eventType)
                .bind("district", districtCode)
                .map((row, context) -> read(row))
                .list();
    }

    /** Tells nothing more to one whose endpoint says that it is gone for good. */
    public void end(Connection tx, UUID id) {
        Sql.on(tx)
                .createUpdate("UPDATE subscription SET state = 'GONE' WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    /** The mail address of a subscription; empty if there is none any more. */
    public Optional<String> address(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT target FROM subscription WHERE id = :id AND state = 'ACTIVE'")
                .bind("id", id)
                .map((row, context) -> open(id, row.getBytes("target")))
                .findOne();
    }

    /** Where a webhook goes; empty if there is none any more. */
    public Optional<Endpoint> endpoint(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT target, secret FROM subscription "
                        + "WHERE id = :id AND state = 'ACTIVE' AND channel = 'WEBHOOK'")
                .bind("id", id)
                .map((row, context) -> new Endpoint(open(id, row.getBytes("target")), open(id, row.getBytes("secret"))))
                .findOne();
    }

    private byte[] seal(UUID id, String text) {
        return keyring.encrypt(text.getBytes(StandardCharsets.UTF_8), "subscription:" + id);
    }

    private String open(UUID id, byte[] sealed) {
        return new String(keyring.decrypt(sealed, "subscription:" + id), StandardCharsets.UTF_8);
    }

    private static Subscription read(ResultSet row) throws SQLException {
        return new Subscription(
                row.getObject("id", UUID.class),
                row.getString("principal"),
                Set.of(strings(row, "roles")),
                row.getObject("agency_id", UUID.class),
                Channel.valueOf(row.getString("channel")),
                List.of(strings(row, "event_types")),
                List.of(strings(row, "districts")),
                row.getTimestamp("created_at").toInstant());
    }

    private static String[] strings(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }
}
