package org.jikimi.screening.reference;

/**
 * The indicators that may be used: those with a legal basis in force.
 *
 * @param mask bit {@code i} is set if indicator {@code i} may be used
 */
public record Lawful(long mask) {
    /** Every indicator of the catalogue. */
    public static final Lawful ALL = new Lawful(-1);

    public boolean allows(int bit) {
        return (mask >>> bit & 1) != 0;
    }
}
