package org.jikimi.cases.support;

/**
 * Where somebody lives, or something is to be done.
 *
 * @param districtCode district 자치구, five digits
 * @param dongCode dong 행정동, ten digits
 */
public record Place(String districtCode, String dongCode) {}
