package org.jikimi.notification.delivery;

/** What a server said to a message. */
sealed interface MailResult {
    MailResult ACCEPTED = new Accepted();

    record Accepted() implements MailResult {}

    /**
     * The server does not take this message.
     *
     * @param status SMTP reply code
     * @param forGood whether the server says it never will
     */
    record Refused(int status, boolean forGood) implements MailResult {}

    /** The server cannot be reached or has broken off; nothing is known of this message. */
    record Unreachable() implements MailResult {}
}
