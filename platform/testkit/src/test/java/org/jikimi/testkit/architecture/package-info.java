/** Each architecture rule is shown a violation and must see it. */
@NullMarked
package org.jikimi.testkit.architecture;

import org.jspecify.annotations.NullMarked;
