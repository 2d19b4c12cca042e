/** Platforms and services of each test's own: started, ended, restored, and left with what they promised. */
@NullMarked
package org.jikimi.systemtests.upkeep;

import org.jspecify.annotations.NullMarked;
