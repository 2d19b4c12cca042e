/** What the resident register says of deaths and emigration, as the registry told. */
@NullMarked
package org.jikimi.cases.register;

import org.jspecify.annotations.NullMarked;
