/** What a child or who represents it may ask of what is kept about it, and how it is answered. */
@NullMarked
package org.jikimi.screening.rights;

import org.jspecify.annotations.NullMarked;
