package org.jikimi.runtime.rest;

import java.io.IOException;

/** The connection ended, was garbled or fell silent before the body was whole: nobody here can do anything about it. */
final class BodyBrokenOff extends IOException {
    BodyBrokenOff(IOException how) {
        super("body broken off", how);
    }
}
