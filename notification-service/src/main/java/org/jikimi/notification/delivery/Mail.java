package org.jikimi.notification.delivery;

import java.util.UUID;

/**
 * A message that is due to one mailbox.
 *
 * @param mailbox local part of the address
 * @param refusals how often the server has refused it
 */
record Mail(
        UUID deliveryId, UUID alertId, UUID correlationId, String mailbox, int refusals, String subject, String text) {}
