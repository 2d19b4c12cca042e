@NullMarked
package org.jikimi.sample;

import org.jspecify.annotations.NullMarked;
