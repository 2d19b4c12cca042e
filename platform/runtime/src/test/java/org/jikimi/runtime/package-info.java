@NullMarked
package org.jikimi.runtime;

import org.jspecify.annotations.NullMarked;
