/** Erases children for whom the city's duty has ended, and notes which service has followed. */
@NullMarked
package org.jikimi.screening.erasure;

import org.jspecify.annotations.NullMarked;
