package org.jikimi.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a story may use of the stack while it runs.
 *
 * @param services base URL of each service, without {@code /api/v1}
 * @param clockOffset file with an ISO-8601 duration, the lead of simulated time; the services read it again as they run
 * @param data the data directory, for what a story writes
 */
public record RunningStack(Map<Service, URI> services, Tokens tokens, Mailbox mails, Path clockOffset, Path data) {}
