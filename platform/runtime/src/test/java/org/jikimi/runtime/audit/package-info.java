/** Tests of the audit rows and their proof, against real PostgreSQL. */
@NullMarked
package org.jikimi.runtime.audit;

import org.jspecify.annotations.NullMarked;
