package org.jikimi.local;

import java.util.stream.Stream;

/** The four services, by the name that their database, Kafka user and configuration share. */
public enum Service {
    SCREENING("screening"),
    CASE("case"),
    REFERRAL("referral"),
    NOTIFICATION("notification");

    private final String key;

    Service(String key) {
        this.key = key;
    }

    /**
     * The service that somebody named on a command line, by its short name or its module.
     *
     * @throws StackFailure if there is none
     */
    static Service named(String name) {
        return Stream.of(values())
                .filter(service ->
                        service.module().equals(name) || service.key().equals(name))
                .findFirst()
                .orElseThrow(() -> new StackFailure(
                        "There is no service \"" + name + "\": they are screening, case, referral and notification."));
    }

    /** The short name, such as {@code case}. */
    public String key() {
        return key;
    }

    /** The name of the module and of the part, such as {@code case-service}. */
    public String module() {
        return key + "-service";
    }
}
