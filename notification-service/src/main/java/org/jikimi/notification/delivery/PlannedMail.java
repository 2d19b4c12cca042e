package org.jikimi.notification.delivery;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notice on its way to one recipient.
 *
 * @param mailbox local part of a role's mailbox; null if it goes to a subscriber
 * @param subscriptionId the subscriber; null if it goes to a role's mailbox
 */
record PlannedMail(
        Notice notice, @Nullable String mailbox, @Nullable UUID subscriptionId) {
    static PlannedMail toMailbox(Notice notice) {
        return new PlannedMail(notice, notice.mailbox(), null);
    }

    static PlannedMail toSubscriber(Notice notice, UUID subscriptionId) {
        return new PlannedMail(notice, null, subscriptionId);
    }

    /** The same notice to the same recipient is the same delivery. */
    UUID deliveryId() {
        var name = "delivery:" + notice.alertId() + ":" + notice.level() + ":"
                + (mailbox == null ? subscriptionId : mailbox);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
