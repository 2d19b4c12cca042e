/** What agencies observe of children and households, and its fold into one compact state a child. */
@NullMarked
package org.jikimi.screening.signal;

import org.jspecify.annotations.NullMarked;
