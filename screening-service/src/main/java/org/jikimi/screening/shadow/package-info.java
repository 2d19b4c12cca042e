/** What a version would have flagged beside the one in use, and which of the two was right. */
@NullMarked
package org.jikimi.screening.shadow;

import org.jspecify.annotations.NullMarked;
