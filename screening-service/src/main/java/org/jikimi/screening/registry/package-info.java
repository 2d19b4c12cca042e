/** Children and households as agencies deliver them; the one place of their names and addresses. */
@NullMarked
package org.jikimi.screening.registry;

import org.jspecify.annotations.NullMarked;
