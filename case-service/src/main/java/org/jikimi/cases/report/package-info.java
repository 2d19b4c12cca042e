/** Suspicions of abuse; several reports join one investigation. */
@NullMarked
package org.jikimi.cases.report;

import org.jspecify.annotations.NullMarked;
