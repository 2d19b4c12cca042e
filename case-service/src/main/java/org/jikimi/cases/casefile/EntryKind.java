package org.jikimi.cases.casefile;

/** What is written into a case file. */
public enum EntryKind {
    PLAN,
    SESSION,
    ASSESSMENT
}
