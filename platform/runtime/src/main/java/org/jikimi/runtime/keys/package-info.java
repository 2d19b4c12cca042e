/** Encryption and keyed hashes of personal data. */
@NullMarked
package org.jikimi.runtime.keys;

import org.jspecify.annotations.NullMarked;
