@NullMarked
package org.jikimi.screening.signal;

import org.jspecify.annotations.NullMarked;
