@NullMarked
package org.jikimi.screening.outcome;

import org.jspecify.annotations.NullMarked;
