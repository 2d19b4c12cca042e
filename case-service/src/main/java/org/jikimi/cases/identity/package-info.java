/** Ids that proved to be of one child. */
@NullMarked
package org.jikimi.cases.identity;

import org.jspecify.annotations.NullMarked;
