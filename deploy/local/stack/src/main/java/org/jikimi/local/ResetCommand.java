package org.jikimi.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Scanner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Empties the data directory. */
@Command(name = "reset", description = "Removes the data directory: databases, events, users, passwords, logs.")
final class ResetCommand implements Callable<Integer> {
    @Mixin
    private Jikimi.Where where = new Jikimi.Where();

    @Option(names = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    public Integer call() throws IOException {
        var layout = where.layout();
        if (!Files.exists(layout.data())) {
            System.out.println("There is nothing in " + layout.data() + ".");
            return 0;
        }
        if (!Files.isDirectory(layout.run()) || !Files.isDirectory(layout.secrets())) {
            throw new StackFailure(layout.data() + " is no data directory of a stack: it is left alone.");
        }
        if (RunRecord.all(layout.run()).stream()
                .anyMatch(record -> record.process().isPresent())) {
            throw new StackFailure("A stack runs from " + layout.data() + ": ./jikimi down ends it first.");
        }
        if (!yes && !confirmed(layout)) {
            throw new StackFailure("Nothing was removed.");
        }
        Trees.delete(layout.data());
        System.out.println("Removed " + layout.data() + ".");
        return 0;
    }

    private static boolean confirmed(Layout layout) {
        System.out.print("Remove " + layout.data() + " and everything in it? [y/N] ");
        System.out.flush();
        var answer = new Scanner(System.in, StandardCharsets.UTF_8);
        return answer.hasNextLine() && answer.nextLine().strip().equalsIgnoreCase("y");
    }
}
