@NullMarked
package org.jikimi.screening.model;

import org.jspecify.annotations.NullMarked;
