@NullMarked
package org.jikimi.screening.legal;

import org.jspecify.annotations.NullMarked;
