package org.jikimi.notification.delivery;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that is due to one recipient.
 *
 * @param mailbox local part of a role's mailbox; null if it goes to a subscriber
 * @param subscriptionId the subscriber; null if it goes to a role's mailbox
 * @param refusals how often the server has refused it
 */
record Mail(
        UUID deliveryId,
        UUID alertId,
        UUID correlationId,
        @Nullable String mailbox,
        @Nullable UUID subscriptionId,
        int refusals,
        String subject,
        String text) {}
