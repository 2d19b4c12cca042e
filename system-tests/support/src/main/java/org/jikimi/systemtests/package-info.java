/** The running platform, seen from outside. */
@NullMarked
package org.jikimi.systemtests;

import org.jspecify.annotations.NullMarked;
