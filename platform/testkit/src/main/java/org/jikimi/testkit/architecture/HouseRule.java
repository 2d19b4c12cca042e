package org.jikimi.testkit.architecture;

import com.tngtech.archunit.lang.ArchRule;

/**
 * One rule.
 *
 * @param name what it asks for, as a sentence
 */
record HouseRule(String name, ArchRule rule) {}
