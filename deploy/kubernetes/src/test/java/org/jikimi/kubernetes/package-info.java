/** The manifests, as kustomize builds them, against schemas, the local stack and the platform's promises. */
@NullMarked
package org.jikimi.kubernetes;

import org.jspecify.annotations.NullMarked;
