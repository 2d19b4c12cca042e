package org.jikimi.testkit;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Gives the databases back that a test, or what goes before the tests of a class, asked for, as soon as it has ended. */
public final class GivingBack implements TestExecutionListener {
    @Override
    public void executionStarted(TestIdentifier what) {
        Parts.SCOPES.begin();
    }

    @Override
    public void executionFinished(TestIdentifier what, TestExecutionResult result) {
        Parts.SCOPES.end();
    }
}
