package org.jikimi.contracts;

import java.util.Locale;
import java.util.Objects;

/**
 * One event type of the platform, in one version.
 *
 * @param producer service that alone produces it: {@code screening}, {@code case}, {@code referral} or
 *     {@code notification}
 * @param version version of its contract, from 1
 * @param dataClass record of its data
 */
public record EventType(String producer, int version, Class<? extends Record> dataClass) {

    public EventType {
        Objects.requireNonNull(producer, "producer");
        Objects.requireNonNull(dataClass, "dataClass");
    }

    /** The Kafka topic, which is the simple name of the event, such as {@code ChildFlagged}. */
    public String topic() {
        return dataClass.getSimpleName();
    }

    /** The CloudEvents type, such as {@code org.jikimi.screening.ChildFlagged.v1}. */
    public String ceType() {
        return String.format(Locale.ROOT, "org.jikimi.%s.%s.v%d", producer, topic(), version);
    }

    /** The CloudEvents source, such as {@code /screening}. */
    public String ceSource() {
        return "/" + producer;
    }

    /**
     * The CloudEvents dataschema: the {@code $id} of the JSON Schema, such as {@code
     * urn:jikimi:screening:ChildFlagged:v1}.
     */
    public String dataSchema() {
        return String.format(Locale.ROOT, "urn:jikimi:%s:%s:v%d", producer, topic(), version);
    }

    /** Where the JSON Schema lies on the class path. */
    public String schemaResource() {
        return resource("schema");
    }

    /** Where the golden file, a synthetic example, lies on the class path. */
    public String goldenResource() {
        return resource("golden");
    }

    private String resource(String kind) {
        return String.format(Locale.ROOT, "contracts/%s/v%d/%s.%s.json", producer, version, topic(), kind);
    }
}
