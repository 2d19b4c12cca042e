/** Who read or changed what, provable afterwards. */
@NullMarked
package org.jikimi.runtime.audit;

import org.jspecify.annotations.NullMarked;
