/** Erases what is kept of a child whom the registry has erased. */
@NullMarked
package org.jikimi.referral.erasure;

import org.jspecify.annotations.NullMarked;
