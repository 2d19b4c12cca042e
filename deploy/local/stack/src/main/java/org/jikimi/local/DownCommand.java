package org.jikimi.local;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a running stack, or what a killed one has left behind. */
@Command(name = "down", description = "Ends the running stack and all its processes; its data stays.")
final class DownCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Mixin
    private Jikimi.Where where = new Jikimi.Where();

    @Override
    public Integer call() {
        var run = where.layout().run();
        if (RunRecord.all(run).stream().noneMatch(record -> record.process().isPresent())) {
            System.out.println("Nothing runs from " + where.layout().data() + ".");
            return 0;
        }
        RunRecord.read(run, "launcher").ifPresent(launcher -> launcher.end(PATIENCE));
        Children.endLeftOvers(run);
        System.out.println("Down.");
        return 0;
    }
}
