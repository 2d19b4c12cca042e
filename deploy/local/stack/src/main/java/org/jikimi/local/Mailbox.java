package org.jikimi.local;

import java.util.List;
import java.util.Optional;

/** The mails that the stack has taken since it started. */
public interface Mailbox {
    /**
     * One mail.
     *
     * @param to the recipient's address
     * @param correlation the id of the flag or report that began it, from the header {@code X-Jikimi-Correlation}
     */
    record Received(String to, String subject, Optional<String> correlation) {}

    /** In the order of arrival. */
    List<Received> received();
}
