package org.jikimi.screening.reference;

import java.util.List;

/** The family types of a household 가구 유형. */
public final class FamilyTypes {
    public static final List<String> CODES = List.of("TWO_PARENT", "SINGLE_PARENT", "GRANDPARENT", "FOSTER", "OTHER");

    private FamilyTypes() {}
}
