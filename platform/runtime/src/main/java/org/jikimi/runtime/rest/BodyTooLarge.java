package org.jikimi.runtime.rest;

import java.io.IOException;

/** More bytes came than a body may have. */
final class BodyTooLarge extends IOException {
    BodyTooLarge() {
        super("body too large");
    }
}
