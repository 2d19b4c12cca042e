/** What every feature needs: ids, rows, checks of bodies, rules, who may see what. */
@NullMarked
package org.jikimi.cases.support;

import org.jspecify.annotations.NullMarked;
