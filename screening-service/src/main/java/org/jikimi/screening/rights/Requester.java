package org.jikimi.screening.rights;

/** Who asks: the child 정보주체 본인, or its legal representative 법정대리인. */
enum Requester {
    CHILD,
    REPRESENTATIVE
}
