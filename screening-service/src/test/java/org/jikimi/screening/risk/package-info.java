@NullMarked
package org.jikimi.screening.risk;

import org.jspecify.annotations.NullMarked;
