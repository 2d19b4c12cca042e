package org.jikimi.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands for Java processes, on the JDK that runs this one. */
final class Jvm {
    private Jvm() {}

    static List<String> command(List<String> flags, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of(arguments));
        return command;
    }
}
