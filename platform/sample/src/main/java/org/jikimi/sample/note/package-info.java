/** Notes, the one feature of the sample service. */
@NullMarked
package org.jikimi.sample.note;

import org.jspecify.annotations.NullMarked;
