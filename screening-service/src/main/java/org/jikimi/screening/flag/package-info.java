/** Children selected for a visit. */
@NullMarked
package org.jikimi.screening.flag;

import org.jspecify.annotations.NullMarked;
