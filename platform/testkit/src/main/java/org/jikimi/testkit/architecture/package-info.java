/** The rules of the house, which every module checks in a test of its own. */
@NullMarked
package org.jikimi.testkit.architecture;

import org.jspecify.annotations.NullMarked;
