package org.jikimi.screening.legal;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jikimi.runtime.db.Sql;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.reference.Lawful;
import org.jspecify.annotations.Nullable;

/**
 * The legal bases of the indicators. An indicator without one is in the catalogue, and is not used: its signals are refused,
 * and those that were taken while it had one do not count.
 */
@ApplicationScoped
public class LegalBases {
    /** What stands in the place of an article where a city is synthetic. */
    public static final String DEMONSTRATION = "demonstration";

    private static final String PRODUCTION = "production";
    private static final String NEWEST =
            "SELECT DISTINCT ON (code) code, version, article, in_force_on FROM legal_basis ORDER BY code, version DESC";

    private final boolean demonstration;

    /** @param demonstration whether indicators without a basis have one called {@link #DEMONSTRATION} */
    public LegalBases(
            @ConfigProperty(name = "jikimi.screening.demonstration", defaultValue = "false") boolean demonstration) {
        this.demonstration = demonstration;
    }

    void start(@Observes @Priority(1) StartupEvent starting) {
        require(demonstration, ConfigUtils.isProfileActive(PRODUCTION));
    }

    /**
     * Lets a start go on.
     *
     * @throws IllegalStateException if children of a real city would be screened without a legal basis
     */
    static void require(boolean demonstration, boolean inProduction) {
        if (demonstration && inProduction) {
            throw new IllegalStateException(
                    "Refused in the profile production: jikimi.screening.demonstration: record a legal basis for each "
                            + "indicator instead");
        }
    }

    /** The basis of each indicator that has one, by its code; some may not be in force yet. */
    public Map<String, LegalBasis> all(Connection tx) {
        var bases = new HashMap<String, LegalBasis>();
        if (demonstration) {
            Indicators.all()
                    .forEach(indicator -> bases.put(
                            indicator.code(), new LegalBasis(indicator.code(), 0, DEMONSTRATION, LocalDate.EPOCH)));
        }
        Sql.on(tx)
                .createQuery(NEWEST)
                .map((row, c) -> {
                    var code = row.getString("code");
                    var article = row.getString("article");
                    if (article == null) {
                        bases.remove(code);
                    } else {
                        var since = row.getObject("in_force_on", LocalDate.class);
                        bases.put(code, new LegalBasis(code, row.getInt("version"), article, since));
                    }
                    return code;
                })
                .list();
        return bases;
    }

    /** What may be used on a day. */
    public Lawful inForce(Connection tx, LocalDate day) {
        long mask = 0;
        for (var basis : all(tx).values()) {
            var indicator = Indicators.of(basis.code());
            if (indicator.isPresent() && !basis.inForceOn().isAfter(day)) {
                mask |= 1L << indicator.get().bit();
            }
        }
        return new Lawful(mask);
    }

    /** How often the basis of an indicator was recorded or taken away. */
    long changes(Connection tx, String code) {
        return Sql.on(tx)
                .createQuery("SELECT coalesce(max(version), 0) FROM legal_basis WHERE code = :code")
                .bind("code", code)
                .mapTo(long.class)
                .one();
    }

    /** Records a basis, or takes it away where {@code article} is null. */
    void record(
            Connection tx,
            String code,
            @Nullable String article,
            @Nullable LocalDate inForceOn,
            String by,
            Instant now) {
        Sql.on(tx)
                .createUpdate("INSERT INTO legal_basis (code, version, article, in_force_on, recorded_by, recorded_at) "
                        + "SELECT :code, coalesce(max(version), 0) + 1, :article, :since, :by, :now "
                        + "FROM legal_basis WHERE code = :code")
                .bind("code", code)
                .bind("article", article)
                .bind("since", inForceOn)
                .bind("by", by)
                .bind("now", now)
                .execute();
    }
}
