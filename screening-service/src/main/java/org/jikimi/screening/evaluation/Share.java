package org.jikimi.screening.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * A share of a count, with how sure it is.
 *
 * @param of how many were counted; null where it is not told
 * @param hits how many of them; null where it is not told
 * @param value hits by count, 0 to 1; null if none was counted, or where it is not told
 * @param low lower end of the 95 % interval; null where the value is, and of what is not counted by child
 * @param high upper end of it
 * @param absent why it is not told; null where it is
 */
public record Share(
        @Nullable Integer of,
        @Nullable Integer hits,
        @Nullable Double value,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Absent absent) {
    private static final double Z = 1.959964;

    /** With the score interval of E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), 209-212. */
    public static Share of(int hits, int of) {
        if (of == 0) {
            return new Share(0, 0, null, null, null, null);
        }
        double share = (double) hits / of;
        double z2 = Z * Z;
        double middle = (share + z2 / (2 * of)) / (1 + z2 / of);
        double half = Z / (1 + z2 / of) * Math.sqrt(share * (1 - share) / of + z2 / (4.0 * of * of));
        return new Share(of, hits, share, hits == 0 ? 0 : middle - half, hits == of ? 1 : middle + half, null);
    }

    /** Of points: they are not drawn one by one, and how sure their share is does not follow from how many they are. */
    static Share ofPoints(int hits, int of) {
        return new Share(of, hits, of == 0 ? null : (double) hits / of, null, null, null);
    }

    /** Of children, without a figure where somebody was counted, and fewer than so many. */
    static Share ofAtLeast(int fewest, int hits, int of) {
        return of == 0 || of >= fewest
                ? of(hits, of)
                : new Share(null, null, null, null, null, Absent.TOO_FEW_CHILDREN);
    }
}
