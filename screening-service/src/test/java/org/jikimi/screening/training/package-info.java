@NullMarked
package org.jikimi.screening.training;

import org.jspecify.annotations.NullMarked;
