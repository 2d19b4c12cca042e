package org.jikimi.runtime.rest;

/** Stack traces without the messages of the exceptions, which may quote what somebody sent or what is stored. */
final class Traces {
    private static final int FRAMES = 25;

    private Traces() {}

    static String withoutMessages(Throwable failure) {
        var text = new StringBuilder();
        int depth = 0;
        for (var cause = failure; cause != null && depth < 10; cause = cause.getCause(), depth++) {
            text.append(depth == 0 ? "" : "caused by ").append(cause.getClass().getName());
            var frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                text.append("\n\tat ").append(frames[i]);
            }
            text.append('\n');
        }
        return text.toString();
    }
}
