/** Tests of the synthetic city. */
@org.jspecify.annotations.NullMarked
package org.jikimi.city;
