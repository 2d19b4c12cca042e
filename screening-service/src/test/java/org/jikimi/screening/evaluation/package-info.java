@NullMarked
package org.jikimi.screening.evaluation;

import org.jspecify.annotations.NullMarked;
