package org.jikimi.runtime.audit;

/** What a check of the audit rows of one service found: that they are whole, or the first place where they are not. */
public sealed interface AuditVerdict {
    /** In one line, without anything personal. */
    String line();

    /**
     * All that was written is there as it was written.
     *
     * @param rows all rows
     * @param blocks blocks they are sealed in
     * @param unsealed rows among them that are too new to be in a block; their keyed hashes are right
     * @param anchored the newest block that an anchor vouches for; 0 if none does, and then a chain that somebody made
     *     anew would pass as well
     */
    record Intact(long rows, long blocks, long unsealed, long anchored) implements AuditVerdict {
        @Override
        public String line() {
            return "intact: %d rows, %d blocks, anchored up to block %d, %d rows not yet sealed"
                    .formatted(rows, blocks, anchored, unsealed);
        }
    }

    /** It says something else than what was written, sealed or anchored. */
    record Altered(Place at) implements AuditVerdict {
        @Override
        public String line() {
            return "altered: " + at.line();
        }
    }

    /** It was there and is gone. */
    record Missing(Place at) implements AuditVerdict {
        @Override
        public String line() {
            return "missing: " + at.line();
        }
    }

    /** What belongs here stands at another place. */
    record Reordered(Place at) implements AuditVerdict {
        @Override
        public String line() {
            return "reordered: " + at.line();
        }
    }

    /** The chain ends before what was anchored; this is the first block that is gone. */
    record Truncated(Place at) implements AuditVerdict {
        @Override
        public String line() {
            return "truncated: from " + at.line();
        }
    }

    /** It was put in afterwards, among rows that had been sealed, or is a copy of another row. */
    record Added(Place at) implements AuditVerdict {
        @Override
        public String line() {
            return "added: " + at.line();
        }
    }

    /** A row by its {@code seq}, or a block by its {@code number}. */
    record Place(Kind kind, long number) {
        static Place row(long seq) {
            return new Place(Kind.ROW, seq);
        }

        static Place block(long number) {
            return new Place(Kind.BLOCK, number);
        }

        String line() {
            return switch (kind) {
                case ROW -> "row " + number;
                case BLOCK -> "block " + number;
            };
        }
    }

    /** What a place is. */
    enum Kind {
        ROW,
        BLOCK
    }
}
