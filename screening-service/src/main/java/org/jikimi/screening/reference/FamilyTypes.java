package org.jikimi.screening.reference;

import java.util.List;
import java.util.Map;

/** The family types of a household 가구 유형. */
public final class FamilyTypes {
    public static final List<String> CODES = List.of("TWO_PARENT", "SINGLE_PARENT", "GRANDPARENT", "FOSTER", "OTHER");

    /** The indicator that says of a child what its household's type says already, by the type that has one. */
    public static final Map<String, String> SAME_FACTS =
            Map.of("SINGLE_PARENT", "SINGLE_PARENT", "GRANDPARENT", "GRANDPARENT_RAISED");

    private FamilyTypes() {}
}
