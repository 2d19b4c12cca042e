/** Children who move, and the work that follows them. */
@NullMarked
package org.jikimi.cases.move;

import org.jspecify.annotations.NullMarked;
