package org.jikimi.cases.visit;

import org.jspecify.annotations.Nullable;

/**
 * A need of welfare.
 *
 * @param code need, such as {@code CHILDCARE_SUPPORT}
 * @param legalBasis legal provision as a code; null unless the basis is {@code LEGAL_BASIS}
 */
public record Need(String code, NeedBasis basis, @Nullable String legalBasis) {}
