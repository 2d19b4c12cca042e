package org.jikimi.runtime.rest;

/**
 * Lets in what may wait. All endpoints are asked for it before they are called, but for those that are {@link Urgent}: one
 * that takes both must have read a request to know what it is, and asks for itself.
 */
@FunctionalInterface
public interface Admission {
    /**
     * Counts the request under way against its caller's limit, and treats it as {@link Bulk}.
     *
     * @throws ProblemException 429 if the caller sends too many; 503 while events have waited in the outbox for too long
     */
    void requireRoom();
}
