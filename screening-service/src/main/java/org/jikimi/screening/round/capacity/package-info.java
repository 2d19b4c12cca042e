/** What each dong 행정동 can visit, and the children of the backlog who move up when it is more. */
@NullMarked
package org.jikimi.screening.round.capacity;

import org.jspecify.annotations.NullMarked;
