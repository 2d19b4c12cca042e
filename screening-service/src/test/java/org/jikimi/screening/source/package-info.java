@NullMarked
package org.jikimi.screening.source;

import org.jspecify.annotations.NullMarked;
