/** What the other services tell. */
@NullMarked
package org.jikimi.cases.intake;

import org.jspecify.annotations.NullMarked;
