/** Erases what is kept of a child whom the registry has erased. */
@NullMarked
package org.jikimi.notification.erasure;

import org.jspecify.annotations.NullMarked;
