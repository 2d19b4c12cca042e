package org.jikimi.local;

/** What keeps the stack from running, in one sentence for the person at the console. */
public final class StackFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    StackFailure(String sentence) {
        super(sentence);
    }

    StackFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
