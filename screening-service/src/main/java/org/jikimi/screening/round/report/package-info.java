/** What a round found and what became of it: lists, whole or by pages, coverage and the closing report. */
@NullMarked
package org.jikimi.screening.round.report;

import org.jspecify.annotations.NullMarked;
