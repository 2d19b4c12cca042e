@NullMarked
package org.jikimi.screening;

import org.jspecify.annotations.NullMarked;
