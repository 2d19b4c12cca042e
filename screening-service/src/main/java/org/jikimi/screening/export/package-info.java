/** Lists on their way out whole, as CSV or a JSON object a line. */
@NullMarked
package org.jikimi.screening.export;

import org.jspecify.annotations.NullMarked;
