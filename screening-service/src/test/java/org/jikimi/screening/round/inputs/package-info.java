@NullMarked
package org.jikimi.screening.round.inputs;

import org.jspecify.annotations.NullMarked;
