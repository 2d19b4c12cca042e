package org.jikimi.runtime.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jikimi.runtime.event.Headers;

/** An event as it lies in the outbox. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OutboxRow(long seq, String id, String type, String key, String headers, byte[] payload) {
    static final String COLUMNS = "seq, id, type, key, headers, payload";

    /** What a query of these columns finds. */
    static List<OutboxRow> list(PreparedStatement select) throws SQLException {
        var found = new ArrayList<OutboxRow>();
        try (var rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new OutboxRow(
                        rows.getLong(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getBytes(6)));
            }
        }
        return found;
    }

    ProducerRecord<String, byte[]> toRecord() {
        var kafka = new ProducerRecord<>(type, key, payload);
        Headers.read(headers).forEach((name, value) -> kafka.headers().add(name, value.getBytes(UTF_8)));
        kafka.headers().add("ce_id", id.getBytes(UTF_8));
        if (kafka.headers().lastHeader("ce_sequence") == null) {
            kafka.headers().add("ce_sequence", Long.toString(seq).getBytes(UTF_8));
        }
        return kafka;
    }
}
