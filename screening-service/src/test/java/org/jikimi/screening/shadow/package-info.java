@NullMarked
package org.jikimi.screening.shadow;

import org.jspecify.annotations.NullMarked;
