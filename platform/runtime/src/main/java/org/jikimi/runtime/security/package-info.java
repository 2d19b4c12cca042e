/** Who calls, and what they may see. */
@NullMarked
package org.jikimi.runtime.security;

import org.jspecify.annotations.NullMarked;
