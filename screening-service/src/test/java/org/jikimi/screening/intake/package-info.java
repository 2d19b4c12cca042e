@NullMarked
package org.jikimi.screening.intake;

import org.jspecify.annotations.NullMarked;
