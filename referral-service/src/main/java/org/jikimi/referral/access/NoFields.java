package org.jikimi.referral.access;

/** The body {@code {}} of a change that needs to be told nothing more. */
public record NoFields() {
    public static final NoFields EMPTY = new NoFields();
}
