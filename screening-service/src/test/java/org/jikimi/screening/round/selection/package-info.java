@NullMarked
package org.jikimi.screening.round.selection;

import org.jspecify.annotations.NullMarked;
