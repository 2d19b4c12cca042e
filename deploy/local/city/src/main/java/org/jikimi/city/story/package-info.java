/** Plays the officers and agencies of the synthetic city against a running stack, and counts what came of it. */
@org.jspecify.annotations.NullMarked
package org.jikimi.city.story;
