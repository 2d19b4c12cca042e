/** Case files of abused children, from opening to closing. */
@NullMarked
package org.jikimi.cases.casefile;

import org.jspecify.annotations.NullMarked;
