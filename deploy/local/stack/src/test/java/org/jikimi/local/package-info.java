@NullMarked
package org.jikimi.local;

import org.jspecify.annotations.NullMarked;
