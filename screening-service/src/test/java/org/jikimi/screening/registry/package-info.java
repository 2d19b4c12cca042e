@NullMarked
package org.jikimi.screening.registry;

import org.jspecify.annotations.NullMarked;
