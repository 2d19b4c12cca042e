@NullMarked
package org.jikimi.screening.batch;

import org.jspecify.annotations.NullMarked;
