@NullMarked
package org.jikimi.screening.rights;

import org.jspecify.annotations.NullMarked;
