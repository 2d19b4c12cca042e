package org.jikimi.screening.legal;

import java.time.LocalDate;

/**
 * 법적 근거: on what an indicator may be used.
 *
 * @param version from 1; rises with every change of the same indicator's
 * @param article article of a law, decree or ordinance, such as {@code 아동복지법 제15조의4}
 * @param inForceOn first day of it
 */
public record LegalBasis(String code, int version, String article, LocalDate inForceOn) {}
