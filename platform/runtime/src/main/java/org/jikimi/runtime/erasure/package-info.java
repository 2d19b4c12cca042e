/** Erasing what is kept of a subject. */
@NullMarked
package org.jikimi.runtime.erasure;

import org.jspecify.annotations.NullMarked;
