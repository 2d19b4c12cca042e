package org.jikimi.screening.batch;

import java.io.IOException;

/** A compressed body unpacks to far more than lines of data ever do. */
final class GzipBomb extends IOException {
    GzipBomb() {
        super("gzip bomb");
    }
}
