package org.jikimi.cases.support;

import java.util.Locale;

/** A rule of the domain. Its name is the same in code, in tests and in the {@code type} of the problem. */
public interface Rule {
    String name();

    /** HTTP status of its breach. */
    int status();

    /** What the rule says, in English. */
    String english();

    /** What the rule says, in Korean. */
    String korean();

    /** The last part of the problem's type, such as {@code visit-already-completed}. */
    default String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
