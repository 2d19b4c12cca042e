/** The scorecard: explainable points, versioned, proposed and activated by two people. */
@NullMarked
package org.jikimi.screening.model;

import org.jspecify.annotations.NullMarked;
