package org.jikimi.local;

/** Something that happens in the running city; found as a {@link java.util.ServiceLoader} service on the class path. */
@FunctionalInterface
public interface Story {
    /**
     * How large a story, and which one.
     *
     * @param children number of children of the city, at least 1
     * @param seed the same seed tells the same story
     */
    record Scene(int children, long seed) {}

    /**
     * Plays the story to its end.
     *
     * @return the exit code of the command: 0 if everything that was promised happened
     */
    int play(RunningStack stack, Scene scene) throws Exception;
}
