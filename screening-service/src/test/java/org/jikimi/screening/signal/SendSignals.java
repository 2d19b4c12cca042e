package org.jikimi.screening.signal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jikimi.screening.World;
import org.jikimi.screening.batch.BatchKind;
import org.jikimi.screening.batch.Reception;
import org.jikimi.screening.batch.Upload;
import org.jspecify.annotations.Nullable;

/** Sends signals as a data agency would. */
public final class SendSignals {
    private SendSignals() {}

    public static Reception send(World world, String kind, String key, String lines) throws IOException, SQLException {
        return send(world, kind, key, false, false, new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    }

    public static Reception send(World world, String kind, String key, boolean csv, boolean gzip, InputStream body)
            throws IOException, SQLException {
        var upload = new Upload(world.source(kind), kind, key, csv, gzip, body);
        var lines = new SignalLines(
                kind,
                world.times.today(),
                world.transactions.run(tx -> world.bases.inForce(tx, World.TODAY)),
                world.keys,
                world.act);
        return world.receive.receive(BatchKind.SIGNALS, lines, upload);
    }

    public static String signal(String id, String indicator, String scheme, String value, String observedOn) {
        return signal(id, indicator, scheme, value, observedOn, null);
    }

    public static String signal(
            String id, String indicator, String scheme, String value, String observedOn, @Nullable String clearedOn) {
        return """
                {"signalId":"%s","indicator":"%s","subject":{"scheme":"%s","value":"%s"},"observedOn":"%s","clearedOn":%s}
                """.formatted(
                        id, indicator, scheme, value, observedOn, clearedOn == null ? "null" : '"' + clearedOn + '"');
    }
}
