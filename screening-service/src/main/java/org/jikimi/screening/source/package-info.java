/** What each source of signals delivers, and which has fallen silent. */
@NullMarked
package org.jikimi.screening.source;

import org.jspecify.annotations.NullMarked;
