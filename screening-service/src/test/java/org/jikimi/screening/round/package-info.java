@NullMarked
package org.jikimi.screening.round;

import org.jspecify.annotations.NullMarked;
