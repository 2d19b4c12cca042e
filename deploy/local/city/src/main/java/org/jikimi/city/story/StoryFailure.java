package org.jikimi.city.story;

/** The story cannot go on, because the stack answered what no officer could go on with. */
public final class StoryFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoryFailure(String message) {
        super(message);
    }

    StoryFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
