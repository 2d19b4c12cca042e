@NullMarked
package org.jikimi.screening.erasure;

import org.jspecify.annotations.NullMarked;
