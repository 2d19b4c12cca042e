/** Which indicators the law allows this city to use. */
@NullMarked
package org.jikimi.screening.legal;

import org.jspecify.annotations.NullMarked;
