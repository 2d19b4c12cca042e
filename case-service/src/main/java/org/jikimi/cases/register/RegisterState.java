package org.jikimi.cases.register;

/** What the resident register says of a child: it lives in the city, has died 사망, or has emigrated 국외이주. */
public enum RegisterState {
    RESIDENT,
    DECEASED,
    EMIGRATED
}
