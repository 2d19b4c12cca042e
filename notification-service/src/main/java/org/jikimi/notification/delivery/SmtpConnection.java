package org.jikimi.notification.delivery;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/** A connection to the mail server, kept open between mails. Used by one thread. */
final class SmtpConnection implements AutoCloseable {
    private static final int SERVICE_CLOSING = 421;

    private final SmtpConfig config;
    private final Session session;
    private @Nullable Transport transport;

    SmtpConnection(SmtpConfig config) {
        this.config = config;
        this.session = Session.getInstance(properties(config));
    }

    /** Hands a message over. If it was handed over before, its Message-ID tells the recipient so. */
    MailResult send(Mail mail, String address, Instant now) {
        boolean wasOpen = transport != null;
        var result = trySend(mail, address, now);
        if (result instanceof MailResult.Unreachable) {
            close();
            if (wasOpen) { // the server may have hung up an idle connection
                result = trySend(mail, address, now);
            }
        }
        return result;
    }

    private MailResult trySend(Mail mail, String address, Instant now) {
        try {
            var message = compose(mail, address, now);
            open().sendMessage(message, message.getAllRecipients());
            return MailResult.ACCEPTED;
        } catch (SendFailedException failure) {
            int status = status(failure);
            return status < 400 || status == SERVICE_CLOSING
                    ? new MailResult.Unreachable()
                    : new MailResult.Refused(status, status >= 500);
        } catch (MessagingException failure) {
            return new MailResult.Unreachable();
        }
    }

    private Transport open() throws MessagingException {
        var current = transport;
        if (current == null) {
            current = session.getTransport("smtp");
            current.connect(config.user().orElse(null), config.password().orElse(null));
            transport = current;
        }
        return current;
    }

    private MimeMessage compose(Mail mail, String address, Instant now) throws MessagingException {
        var message = new NamedMessage(session, "<" + mail.deliveryId() + "@jikimi>");
        message.setFrom(new InternetAddress("alerts@" + config.domain()));
        message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(address));
        message.setHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
        message.setHeader("X-Jikimi-Alert", mail.alertId().toString());
        message.setHeader("X-Jikimi-Correlation", mail.correlationId().toString());
        message.setHeader("Auto-Submitted", "auto-generated");
        boolean synthetic = config.domain().endsWith(".test");
        if (synthetic) {
            message.setHeader("X-Jikimi-Synthetic", "true");
        }
        message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
        message.setText(
                synthetic ? mail.text() + "\n가상 데이터 · synthetic data\n" : mail.text(), StandardCharsets.UTF_8.name());
        message.saveChanges();
        return message;
    }

    /** The server's reply code; 0 if there was none. */
    private static int status(MessagingException failure) {
        for (@Nullable Exception cause = failure;
                cause instanceof MessagingException link;
                cause = link.getNextException()) {
            if (link instanceof SMTPAddressFailedException address) {
                return address.getReturnCode();
            }
            if (link instanceof SMTPSendFailedException send && send.getNextException() == null) {
                return send.getReturnCode();
            }
        }
        return 0;
    }

    private static Properties properties(SmtpConfig config) {
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", config.host());
        properties.setProperty("mail.smtp.port", Integer.toString(config.port()));
        var timeout = Long.toString(config.timeout().toMillis());
        properties.setProperty("mail.smtp.connectiontimeout", timeout);
        properties.setProperty("mail.smtp.timeout", timeout);
        properties.setProperty("mail.smtp.writetimeout", timeout);
        properties.setProperty("mail.smtp.auth", Boolean.toString(config.user().isPresent()));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(config.startTls()));
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(config.startTls()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        return properties;
    }

    @Override
    public void close() {
        var open = transport;
        transport = null;
        if (open != null) {
            try {
                open.close();
            } catch (MessagingException gone) {
                // it is closed either way
            }
        }
    }

    /** A message whose id does not change from one attempt to the next. */
    private static final class NamedMessage extends MimeMessage {
        private final String id;

        NamedMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
