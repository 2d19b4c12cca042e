/** A synthetic city: households, children, signals, agencies and reports that never belonged to anybody. */
@org.jspecify.annotations.NullMarked
package org.jikimi.city;
