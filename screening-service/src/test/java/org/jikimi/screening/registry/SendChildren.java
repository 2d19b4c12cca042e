package org.jikimi.screening.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.screening.World;
import org.jikimi.screening.batch.BatchKind;
import org.jikimi.screening.batch.Reception;
import org.jikimi.screening.batch.Upload;

/** Sends children as the resident register would. */
public final class SendChildren {
    private SendChildren() {}

    public static Reception send(World world, String key, String lines) throws IOException, SQLException {
        return send(world, key, false, false, new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    }

    public static Reception send(World world, String key, boolean csv, boolean gzip, InputStream body)
            throws IOException, SQLException {
        var upload = new Upload(world.source("resident-register"), "register", key, csv, gzip, body);
        return world.receive.receive(
                BatchKind.CHILDREN,
                new ChildLines(
                        world.times.today(),
                        world.keys,
                        world.subjects,
                        new TellChanges(new Outbox(), world.events, world.times),
                        world.act),
                upload);
    }

    /** The same line, with what the register says of death or emigration. */
    public static String with(String line, String status, String statusOn) {
        return line.strip().replaceFirst("}$", ",\"status\":\"" + status + "\",\"statusOn\":\"" + statusOn + "\"}\n");
    }

    /** A line about a child of a two-parent household. */
    public static String child(String number, String household, String born) {
        return child(number, household, born, "TWO_PARENT", World.DONG, "HOME");
    }

    public static String child(String number, String household, String born, String family, String dong, String care) {
        return """
                {"identifier":{"scheme":"RRN","value":"%s"},"name":"합성 %s","address":"합성로 1","birthDate":"%s","sex":"F",\
                "householdId":"%s","familyType":"%s","districtCode":"%s","dongCode":"%s","care":"%s"}
                """.formatted(number, number, born, household, family, dong.substring(0, 5), dong, care);
    }
}
