@NullMarked
package org.jikimi.screening.reference;

import org.jspecify.annotations.NullMarked;
