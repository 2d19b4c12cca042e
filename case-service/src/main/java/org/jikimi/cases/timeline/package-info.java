/** One ordered story of a child, told by this service's events and those it hears. */
@NullMarked
package org.jikimi.cases.timeline;

import org.jspecify.annotations.NullMarked;
