/** Household visits and whereabouts checks. */
@NullMarked
package org.jikimi.cases.visit;

import org.jspecify.annotations.NullMarked;
