/** Whether a model's flags were right: measured on what became of past rounds. */
@NullMarked
package org.jikimi.screening.evaluation;

import org.jspecify.annotations.NullMarked;
