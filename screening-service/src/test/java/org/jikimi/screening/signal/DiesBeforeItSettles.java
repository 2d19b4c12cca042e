package org.jikimi.screening.signal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jikimi.screening.World;
import org.jikimi.screening.batch.Batch;
import org.jikimi.screening.batch.Checked;
import org.jikimi.screening.batch.LineKind;
import org.jikimi.screening.reference.Lawful;
import org.jspecify.annotations.Nullable;

/** Lands lines; then the service is gone. */
final class DiesBeforeItSettles implements LineKind<SignalLine> {
    private final SignalLines lines;

    DiesBeforeItSettles(World world, String sourceKind) {
        lines = new SignalLines(sourceKind, World.TODAY, Lawful.ALL, world.keys, world.act);
    }

    @Override
    public List<String> fields() {
        return lines.fields();
    }

    @Override
    public Checked<SignalLine> check(@Nullable String[] values) {
        return lines.check(values);
    }

    @Override
    public @Nullable String indicator(@Nullable String[] values) {
        return lines.indicator(values);
    }

    @Override
    public Tally load(Connection tx, Batch batch, List<Line<SignalLine>> good) throws SQLException {
        return lines.load(tx, batch, good);
    }

    @Override
    public boolean settlesLater() {
        return true;
    }

    @Override
    public Tally settle(Connection tx, Batch batch, long firstLine, long lastLine) {
        throw new IllegalStateException("killed");
    }
}
