/** Reaches, protects, recovers: visits, reports, investigations, case files, legal clocks. */
@NullMarked
package org.jikimi.cases;

import org.jspecify.annotations.NullMarked;
