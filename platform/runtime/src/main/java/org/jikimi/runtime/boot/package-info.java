/** Starts and ends the parts of a service in the right order. */
@NullMarked
package org.jikimi.runtime.boot;

import org.jspecify.annotations.NullMarked;
