@NullMarked
package org.jikimi.runtime.boot;

import org.jspecify.annotations.NullMarked;
