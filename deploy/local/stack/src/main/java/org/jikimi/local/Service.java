package org.jikimi.local;

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

    /** The short name, such as {@code case}. */
    public String key() {
        return key;
    }

    /** The name of the module and of the part, such as {@code case-service}. */
    public String module() {
        return key + "-service";
    }
}
