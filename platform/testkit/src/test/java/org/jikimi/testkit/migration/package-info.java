@NullMarked
package org.jikimi.testkit.migration;

import org.jspecify.annotations.NullMarked;
