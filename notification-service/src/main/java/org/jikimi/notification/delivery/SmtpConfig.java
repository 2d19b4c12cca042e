package org.jikimi.notification.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The mail server and how mails name themselves. */
@ConfigMapping(prefix = "jikimi.smtp")
interface SmtpConfig {
    @WithDefault("127.0.0.1")
    String host();

    /** TCP port, 1 to 65535. */
    @WithDefault("3025")
    int port();

    /** Domain of the roles' mailboxes. Mails to a domain under {@code .test} are labelled synthetic. */
    @WithDefault("jikimi.test")
    String domain();

    /** How long to wait for the server to answer. */
    @WithDefault("10s")
    Duration timeout();

    /** Whether to insist on STARTTLS with a valid certificate. */
    @WithDefault("false")
    boolean startTls();

    Optional<String> user();

    Optional<String> password();
}
