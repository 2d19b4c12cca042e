package org.jikimi.city;

/** What is so in a child's home, known to the city that invented it and to nobody who looks for it. */
public enum Truth {
    /** The child is abused or neglected. */
    ABUSED,
    /** The family needs help that the city could give. */
    NEEDS_WELFARE,
    /** Neither. */
    SAFE
}
