package org.jikimi.runtime.event;

/**
 * The names an event goes by on the wire.
 *
 * @param topic Kafka topic
 * @param ceType CloudEvents type
 * @param ceSource CloudEvents source
 * @param dataSchema CloudEvents dataschema
 */
public record EventKind(String topic, String ceType, String ceSource, String dataSchema) {}
