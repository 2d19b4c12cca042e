package org.jikimi.city;

import java.util.List;

/**
 * A family with a rare story, which a city of every size has. The first households are these, in this order, and have
 * signals enough to be flagged in the first round.
 */
public enum Script {
    /** Two siblings are in danger and are separated at once 즉각분리, together. */
    SEPARATION_OF_SIBLINGS(Truth.ABUSED, "11350"),
    /** The door is refused twice; the third visit is made with the police and finds the child safe. */
    REFUSED_TWICE(Truth.SAFE, "11740"),
    /** A newborn known by a temporary number whom nobody can find. */
    NOT_FOUND(Truth.ABUSED, "11620"),
    /** Abuse is found, and the whole family recovers with the help of a child protection agency. */
    FAMILY_RECOVERY(Truth.ABUSED, "11500");

    private static final List<Script> ALL = List.of(values());

    private final Truth truth;
    private final String districtCode;

    Script(Truth truth, String districtCode) {
        this.truth = truth;
        this.districtCode = districtCode;
    }

    /** All of them; the place in the list is that of the household in its city. */
    public static List<Script> all() {
        return ALL;
    }

    /** Ages of the children, youngest first. */
    List<Integer> ages() {
        return switch (this) {
            case SEPARATION_OF_SIBLINGS -> List.of(4, 7);
            case REFUSED_TWICE -> List.of(6);
            case NOT_FOUND -> List.of(0);
            case FAMILY_RECOVERY -> List.of(3, 8, 12);
        };
    }

    /** What is so for each child. */
    Truth truth() {
        return truth;
    }

    District district() {
        return District.all().stream()
                .filter(district -> district.code().equals(districtCode))
                .findFirst()
                .orElseThrow();
    }
}
