/** Tests of the story. */
@org.jspecify.annotations.NullMarked
package org.jikimi.city.story;
