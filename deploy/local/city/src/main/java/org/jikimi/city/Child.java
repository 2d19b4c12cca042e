package org.jikimi.city;

import java.time.LocalDate;

/**
 * A synthetic child.
 *
 * @param ordinal place in the household, 0 the youngest
 * @param identifier synthetic identifier
 * @param name says that it is synthetic and which child it is, such as {@code 합성-0000042-1}
 * @param birthDate birth date
 * @param female sex as registered
 * @param care {@code HOME}, {@code DAYCARE}, {@code KINDERGARTEN}, {@code SCHOOL} or {@code NONE}
 * @param ageYears age in full years on the city's date, 0 to 17
 * @param truth what is so
 */
public record Child(
        int ordinal,
        Identifier identifier,
        String name,
        LocalDate birthDate,
        boolean female,
        String care,
        int ageYears,
        Truth truth) {
    @Override
    public String toString() {
        return "child " + ordinal;
    }
}
