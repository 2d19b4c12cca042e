/** Erases what is kept of a child whom the registry has erased. */
@NullMarked
package org.jikimi.cases.erasure;

import org.jspecify.annotations.NullMarked;
